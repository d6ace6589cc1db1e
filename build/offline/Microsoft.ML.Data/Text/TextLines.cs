using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>The lines that hold rows, with their numbers in the file from 1: no header, no empty lines, no comments.</summary>
internal sealed class TextLines : IEnumerable<(string Text, long Number)>
{
    private readonly IMultiStreamSource _source;
    private readonly TextLoader.Options _options;

    public TextLines(IMultiStreamSource source, TextLoader.Options options)
    {
        _source = source;
        _options = options;
    }

    public IEnumerator<(string Text, long Number)> GetEnumerator()
    {
        for (int file = 0; file < _source.Count; file++)
        {
            using TextReader reader = _source.OpenTextReader(file);
            bool isPreamble = true;
            bool isHeader = _options.HasHeader;
            for (long number = 1; reader.ReadLine() is string line; number++)
            {
                isPreamble = isPreamble && IsPreamble(line);
                if (isPreamble || IsSkipped(line))
                    continue;
                if (!isHeader)
                    yield return (_options.TrimWhitespace ? line.TrimEnd() : line, number);
                isHeader = false;
            }
        }
    }

    /// <summary>The header of the first file, or null.</summary>
    public string ReadHeaderOrNull()
    {
        if (_source.Count == 0)
            return null;
        using TextReader reader = _source.OpenTextReader(0);
        string line = reader.ReadLine();
        while (line != null && IsPreamble(line))
            line = reader.ReadLine();
        return line;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsSkipped(string line) => line.Length == 0 || line.StartsWith("//");

    /// <summary>Above the first row, lines that start with # are comments, too.</summary>
    private static bool IsPreamble(string line) => IsSkipped(line) || line.StartsWith('#');
}
