using System.Text;

namespace MLExtensions.Tool.Csv;

/// <summary>A table of text in a file, or on the standard input, which can be read once.</summary>
internal sealed class CsvSource
{
    private const int SampleLetters = 1 << 16;

    private readonly Func<Stream>? _openInput;
    private TextReader? _input;

    private CsvSource(string path, Func<Stream>? openInput) => (Path, _openInput) = (path, openInput);

    /// <summary>The path, or <c>-</c>.</summary>
    public string Path { get; }

    /// <summary>What messages call it.</summary>
    public string Name => IsInput ? "standard input" : Path;

    /// <summary>Whether it is the standard input.</summary>
    public bool IsInput => _openInput is not null;

    /// <summary>What stands between cells.</summary>
    public char Separator { get; private init; }

    /// <summary>Opens a table and looks at its beginning.</summary>
    /// <param name="path">The path, <c>-</c> for the standard input.</param>
    /// <param name="separator">What stands between cells; null to find out.</param>
    /// <param name="openInput">The standard input.</param>
    /// <exception cref="ToolException">There is no such file, it is empty, or no text.</exception>
    public static CsvSource Open(string path, char? separator, Func<Stream> openInput)
    {
        var source = new CsvSource(path, path == "-" ? openInput : null);
        var text = source.OpenText();
        var (sample, isWhole) = source.Sample(text);
        source = new CsvSource(path, source._openInput) { Separator = separator ?? CsvDialect.SeparatorOf(sample, isWhole) };
        if (source.IsInput)
            source._input = new JoinedReader(sample, text);
        else
            text.Dispose();
        return source;
    }

    /// <summary>Begins to read.</summary>
    /// <exception cref="ToolException">The standard input was read already, or the file is gone.</exception>
    public CsvReader Read()
    {
        if (!IsInput)
            return new CsvReader(OpenText(), Separator, Name);
        var text = _input ?? throw new ToolException("The standard input can be read once only: save it to a file first.");
        _input = null;
        return new CsvReader(text, Separator, Name);
    }

    private StreamReader OpenText()
    {
        try
        {
            var stream = _openInput is not null ? _openInput() : new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            return new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException($"There is no file '{Path}' (looked in {Directory.GetCurrentDirectory()}).", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ToolException(Directory.Exists(Path) ? $"'{Path}' is a folder: expected a CSV file." : $"'{Path}' may not be read: check its permissions.", exception);
        }
    }

    private (string Sample, bool IsWhole) Sample(StreamReader text)
    {
        char[] letters = new char[SampleLetters];
        int count;
        try
        {
            count = text.ReadBlock(letters);
        }
        catch (DecoderFallbackException exception)
        {
            throw NoText(exception);
        }
        string sample = new(letters, 0, count);
        if (sample.StartsWith("PK\u0003\u0004", StringComparison.Ordinal) || sample.Contains('\0'))
            throw NoText(null);
        return string.IsNullOrWhiteSpace(sample)
            ? throw new ToolException($"{Name} is empty: expected a header line and rows.")
            : (sample, count < SampleLetters);
    }

    private ToolException NoText(Exception? inner) => new($"{Name}: expected a table as text in UTF-8 (CSV), got other bytes. Save a spreadsheet as 'CSV UTF-8', and text of another encoding as UTF-8; " +
        "models are for evaluate, predict, report, onnx and inspect.", inner);

    // What was looked at, and what follows.
    private sealed class JoinedReader(string first, TextReader rest) : TextReader
    {
        private int _position;

        public override int Read(char[] buffer, int index, int count)
        {
            if (_position == first.Length)
                return rest.Read(buffer, index, count);
            int length = Math.Min(count, first.Length - _position);
            first.CopyTo(_position, buffer, index, length);
            _position += length;
            return length;
        }

        protected override void Dispose(bool disposing) => rest.Dispose();
    }
}
