using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Splits a line into fields. Spaces before a field are dropped, those behind it belong to it.</summary>
internal sealed class FieldSplitter
{
    private readonly char[] _separators;
    private readonly bool _allowQuoting;

    public FieldSplitter(TextLoader.Options options)
    {
        _separators = options.Separators;
        _allowQuoting = options.AllowQuoting;
    }

    public List<string> Split(string line)
    {
        var fields = new List<string>();
        int at = 0;
        while (true)
        {
            while (at < line.Length && line[at] == ' ' && !_separators.Contains(' '))
                at++;
            fields.Add(_allowQuoting && at < line.Length && line[at] == '"' ? ReadQuoted(line, ref at) : ReadPlain(line, ref at));
            if (at >= line.Length)
                return fields;
            at++;
        }
    }

    private string ReadPlain(string line, ref int at)
    {
        int start = at;
        int end = line.IndexOfAny(_separators, at);
        at = end < 0 ? line.Length : end;
        return line[start..at];
    }

    /// <summary>A field with an unpaired quote is read as empty.</summary>
    private string ReadQuoted(string line, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                text.Append(line[at]);
                continue;
            }
            at++;
            if (at >= line.Length || line[at] != '"')
                break;
            text.Append('"');
        }

        bool isClosed = line[at - 1] == '"';
        while (isClosed && at < line.Length && line[at] == ' ' && !_separators.Contains(' '))
            at++;
        bool isAtEnd = at >= line.Length || _separators.Contains(line[at]);
        if (!isAtEnd)
            ReadPlain(line, ref at);
        return isClosed && isAtEnd ? text.ToString() : "";
    }
}
