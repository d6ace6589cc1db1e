namespace MLExtensions.Networks.Memory;

/// <summary>
/// A matrix cut into vertical strips that lie one after the other, each row-major: the order in which a matrix product
/// reads its right operand and writes its result, so that neither is ever repacked. Strips are equally wide, a whole
/// number of vectors; the columns beyond <see cref="Columns"/> are padding.
/// </summary>
internal sealed unsafe class StripMatrix
{
    private readonly AlignedBuffer _buffer;

    /// <summary>Allocates a matrix of zeros.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    public StripMatrix(int rows, int columns)
        : this(new AlignedBuffer(LengthOf(SpacedRows(rows), columns)), 0, rows, columns)
    {
        StripLength = (nint)SpacedRows(rows) * Width;
    }

    /// <summary>Sees part of a buffer as a matrix.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="offset">Where the matrix starts; it takes <see cref="LengthOf"/> floats.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    public StripMatrix(AlignedBuffer buffer, int offset, int rows, int columns)
    {
        _buffer = buffer;
        Offset = offset;
        Rows = rows;
        Columns = columns;
        StripCount = StripCountOf(columns);
        Width = WidthOf(columns);
        StripLength = (nint)rows * Width;
    }

    /// <summary>Where the matrix starts in its buffer.</summary>
    public int Offset { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns that hold values.</summary>
    public int Columns { get; }

    /// <summary>The number of strips.</summary>
    public int StripCount { get; }

    /// <summary>The columns of a strip, also the distance between its rows.</summary>
    public int Width { get; }

    /// <summary>The distance between strips.</summary>
    public nint StripLength { get; }

    /// <summary>The floats that a matrix takes, with its padding.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    public static int LengthOf(int rows, int columns) => checked(rows * PaddedColumns(columns));

    /// <summary>The columns with padding.</summary>
    /// <param name="columns">The number of columns that hold values.</param>
    public static int PaddedColumns(int columns) => StripCountOf(columns) * WidthOf(columns);

    /// <summary>The first value of a row of a strip.</summary>
    /// <param name="strip">The strip.</param>
    /// <param name="row">The row.</param>
    public float* At(int strip, int row) => _buffer.Pointer + Offset + strip * StripLength + (nint)row * Width;

    /// <summary>Copies values into one row; the padding keeps its value.</summary>
    /// <param name="row">The row.</param>
    /// <param name="values">The values, from one to those up to the last column.</param>
    /// <param name="first">The column of the first value.</param>
    public void SetRow(int row, ReadOnlySpan<float> values, int first = 0)
    {
        while (values.Length > 0)
        {
            var place = Piece(row, first, values.Length);
            values[..place.Length].CopyTo(place);
            values = values[place.Length..];
            first += place.Length;
        }
    }

    /// <summary>Copies one row out.</summary>
    /// <param name="row">The row.</param>
    /// <param name="values">Receives the values, from one to those up to the last column.</param>
    /// <param name="first">The column of the first value.</param>
    public void GetRow(int row, Span<float> values, int first = 0)
    {
        while (values.Length > 0)
        {
            var place = Piece(row, first, values.Length);
            place.CopyTo(values);
            values = values[place.Length..];
            first += place.Length;
        }
    }

    /// <summary>A reference to one value, for code that need not be fast.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column, padding included.</param>
    public ref float this[int row, int column] => ref At(column / Width, row)[column % Width];

    /// <summary>The columns of a strip: as few as the number of strips allows. 70 columns are two strips of 48, not of 64.</summary>
    /// <param name="columns">The number of columns that hold values.</param>
    public static int WidthOf(int columns)
    {
        int strips = StripCountOf(columns);
        int vector = InstructionSet.VectorCount;
        int columnsPerStrip = (columns + strips - 1) / strips;
        return (columnsPerStrip + vector - 1) / vector * vector;
    }

    // The columns of a row from one on that lie side by side.
    private Span<float> Piece(int row, int first, int count)
    {
        int strip = Math.DivRem(first, Width, out int column);
        return new Span<float>(At(strip, row) + column, Math.Min(count, Width - column));
    }

    // Strips a power of two apart would fall into the same sets of a cache, and a block of 6 rows reads all strips. Steps of
    // 6 rows past a multiple of 16 spread them.
    private static int SpacedRows(int rows) => rows < 16 ? rows : (rows + 15) / 16 * 16 + 6;

    private static int StripCountOf(int columns)
    {
        int widest = InstructionSet.VectorCount * InstructionSet.VectorsPerStrip;
        return (columns + widest - 1) / widest;
    }
}
