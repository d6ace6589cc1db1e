namespace MLExtensions.Tool.Csv;

/// <summary>Writes a table of text, as <see cref="CsvReader"/> reads it.</summary>
internal sealed class CsvWriter(TextWriter text, char separator)
{
    private readonly System.Buffers.SearchValues<char> _quoted = System.Buffers.SearchValues.Create([separator, '"', '\n', '\r']);
    private bool _isFirst = true;

    /// <summary>Writes a cell, in quotes where it needs them.</summary>
    public void Write(ReadOnlySpan<char> cell)
    {
        if (!_isFirst)
            text.Write(separator);
        if (cell.ContainsAny(_quoted))
            text.Write($"\"{cell.ToString().Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        else
            text.Write(cell);
        _isFirst = false;
    }

    /// <summary>Ends the record.</summary>
    public void EndRecord()
    {
        text.Write('\n');
        _isFirst = true;
    }
}
