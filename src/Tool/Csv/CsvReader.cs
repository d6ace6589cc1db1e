namespace MLExtensions.Tool.Csv;

/// <summary>
/// Reads a table of text record by record (RFC 4180): cells between separators, quoted where they hold separators, quotes or ends of lines. Memory is that of one
/// record. Lines end with LF, CRLF or CR; blank lines are passed over; a quote within a cell that does not begin with one is a letter like others.
/// </summary>
internal sealed class CsvReader : IDisposable
{
    // A quote that is never closed would read all that follows into one cell.
    private const int MaximumRecord = 1 << 24;

    private readonly TextReader _text;
    private readonly char _separator;
    private readonly string _name;
    private readonly char[] _buffer = new char[1 << 15];
    private readonly List<int> _ends = [];
    private char[] _cells = new char[256];
    private int _used;
    private int _position;
    private int _filled;
    private long _line = 1;
    private bool _isRepeated;

    /// <param name="text">The text; closed with this.</param>
    /// <param name="separator">What stands between cells.</param>
    /// <param name="name">The file, for messages.</param>
    public CsvReader(TextReader text, char separator, string name) => (_text, _separator, _name) = (text, separator, name);

    /// <summary>How many cells the record has.</summary>
    public int Count => _ends.Count;

    /// <summary>The line at which the record begins, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>A cell of the record, without its quotes and without blanks around it.</summary>
    public ReadOnlySpan<char> this[int cell]
    {
        get
        {
            int start = cell == 0 ? 0 : _ends[cell - 1];
            return _cells.AsSpan(start, _ends[cell] - start).Trim();
        }
    }

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="ToolException">A quote is never closed, or the file is not text in UTF-8.</exception>
    public bool Read()
    {
        if (_isRepeated)
        {
            _isRepeated = false;
            return true;
        }
        do
        {
            _ends.Clear();
            _used = 0;
            Line = _line;
            if (Peek() < 0)
                return false;
            while (ReadCell())
            {
            }
        }
        while (Count == 1 && this[0].IsEmpty);
        return true;
    }

    /// <summary>Lets the next reading give the same record again.</summary>
    public void Repeat() => _isRepeated = true;

    /// <summary>The record as texts.</summary>
    public string[] ToTexts() => [.. Enumerable.Range(0, Count).Select(cell => this[cell].ToString())];

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    // True where the record goes on.
    private bool ReadCell()
    {
        if (Peek() == '"')
        {
            _position++;
            ReadQuoted();
        }
        while (true)
        {
            int next = Peek();
            if (next >= 0)
                _position++;
            if (next < 0 || next == _separator || next is '\n' or '\r')
            {
                _ends.Add(_used);
                if (next is '\n' or '\r')
                    EndLine(next);
                return next == _separator;
            }
            Append((char)next);
        }
    }

    private void ReadQuoted()
    {
        while (true)
        {
            int next = Peek();
            if (next < 0 || _used > MaximumRecord)
                throw new ToolException($"{_name}, line {Line}: a quote (\") is opened and never closed. Close it, or write quotes within a cell twice (\"\").");
            _position++;
            if (next == '"')
            {
                if (Peek() != '"')
                    return;
                _position++;
            }
            if (next is '\n' or '\r')
            {
                Append('\n');
                EndLine(next);
                continue;
            }
            Append((char)next);
        }
    }

    private void EndLine(int end)
    {
        _line++;
        if (end == '\r' && Peek() == '\n')
            _position++;
    }

    private void Append(char letter)
    {
        if (_used == _cells.Length)
            Array.Resize(ref _cells, 2 * _used);
        _cells[_used++] = letter;
    }

    private int Peek()
    {
        if (_position < _filled)
            return _buffer[_position];
        try
        {
            _filled = _text.Read(_buffer, 0, _buffer.Length);
        }
        catch (System.Text.DecoderFallbackException exception)
        {
            throw new ToolException($"{_name}, near line {_line}: expected text in UTF-8, got bytes that are none. Save the file as UTF-8 (in Excel: 'CSV UTF-8').", exception);
        }
        _position = 0;
        return _filled > 0 ? _buffer[0] : -1;
    }
}
