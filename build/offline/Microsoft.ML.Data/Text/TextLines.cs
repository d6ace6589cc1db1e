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
            for (long number = 1; reader.ReadLine() is string line; number++)
            {
                bool isHeader = _options.HasHeader && number == 1;
                if (!isHeader && line.Length > 0 && !line.StartsWith("//"))
                    yield return (_options.TrimWhitespace ? line.TrimEnd() : line, number);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
