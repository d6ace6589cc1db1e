namespace MLExtensions.Networks.Layers;

/// <summary>Computes embeddings of rows, in training and in scoring, from parameters that lie in one buffer.</summary>
internal sealed unsafe class Embedder
{
    /// <summary>The rows that are computed at once.</summary>
    public const int Rows = RowRange.PortionRows;

    [ThreadStatic]
    private static AlignedBuffer? s_scratch;

    private readonly EmbeddingLayer _layer;
    private readonly AlignedBuffer _values;
    private readonly int _offset;
    private readonly int _inputWidth;
    private readonly int _outputWidth;
    private readonly int _outputStrips;
    private NumberBasis[] _bases = [];

    /// <summary>Sees parameters in a buffer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="values">The buffer.</param>
    /// <param name="offset">Where they begin.</param>
    public Embedder(EmbeddingLayer layer, AlignedBuffer values, int offset)
    {
        (_layer, _values, _offset) = (layer, values, offset);
        Places = EmbeddingPlaces.Of(layer);
        _inputWidth = StripMatrix.WidthOf(layer.Layout.Width);
        _outputWidth = StripMatrix.WidthOf(Places.Outputs);
        _outputStrips = StripMatrix.PaddedColumns(Places.Outputs) / _outputWidth;
        if (layer.Numbers is { } numbers)
        {
            Count = numbers.BasisCount;
            Stride = StripMatrix.PaddedColumns(Count);
            Dimension = numbers.Dimension;
            DimensionWidth = StripMatrix.WidthOf(Dimension);
            DimensionStrips = StripMatrix.PaddedColumns(Dimension) / DimensionWidth;
        }
    }

    public EmbeddingPlaces Places { get; }

    /// <summary>The functions of a number.</summary>
    public int Count { get; }

    /// <summary>The functions with padding.</summary>
    public int Stride { get; }

    /// <summary>The values of a number.</summary>
    public int Dimension { get; }

    public int DimensionWidth { get; }

    public int DimensionStrips { get; }

    /// <summary>The functions of each embedded number.</summary>
    public NumberBasis[] Bases => _bases;

    /// <summary>The floats that <see cref="ScratchOf"/> gives: functions and values of some rows, and the numbers themselves.</summary>
    public int ScratchLength => Rows * (Stride + DimensionWidth * DimensionStrips) + Rows;

    /// <summary>Makes the functions.</summary>
    /// <param name="edges">The edges of all numbers; empty where there are none.</param>
    public void MakeBases(ReadOnlySpan<float> edges)
    {
        if (_layer.Numbers is not { } numbers)
            return;

        _bases = new NumberBasis[Places.Numbers.Length];
        for (int i = 0; i < _bases.Length; i++)
        {
            nint vectors = (nint)(_values.Pointer + _offset + Places.Numbers[i].Offset + (numbers.BasisCount + 1) * DimensionWidth * DimensionStrips);
            nint[] learned = [.. Enumerable.Range(0, numbers.LearnedVectors.Count).Select(vector => vectors + vector * Places.VectorStride * sizeof(float))];
            _bases[i] = numbers.CreateBasis(learned, numbers.EdgeCount > 0 ? edges.Slice(i * numbers.EdgeCount, numbers.EdgeCount) : []);
        }
    }

    /// <summary>Memory of the present thread.</summary>
    public static float* ScratchOf(int length) =>
        (s_scratch is { } kept && kept.Length >= length ? kept : s_scratch = new AlignedBuffer(length)).Pointer;

    /// <summary>Computes the values of rows.</summary>
    /// <param name="input">The first of the rows in the first strip.</param>
    /// <param name="inputStrip">The distance between strips of the input.</param>
    /// <param name="output">Receives the rows, padding zeroed.</param>
    /// <param name="outputStrip">The distance between strips of the output.</param>
    /// <param name="rows">The number of rows.</param>
    public void Compute(float* input, nint inputStrip, float* output, nint outputStrip, int rows)
    {
        for (int strip = 0; strip < _outputStrips; strip++)
            new Span<float>(output + strip * outputStrip, rows * _outputWidth).Clear();

        foreach (var (slot, first, categories) in Places.Plain)
        {
            float* from = At(input, inputStrip, _inputWidth, slot);
            if (categories == 0)
            {
                float* to = At(output, outputStrip, _outputWidth, first);
                for (int row = 0; row < rows; row++)
                    to[(nint)row * _outputWidth] = from[(nint)row * _inputWidth];
                continue;
            }

            var category = new CategorySlot(slot, categories);
            for (int row = 0; row < rows; row++)
            {
                int index = category.IndexOf(from[(nint)row * _inputWidth]);
                if (index >= 0)
                    At(output, outputStrip, _outputWidth, first + index)[(nint)row * _outputWidth] = 1;
            }
        }

        foreach (var table in Places.Tables)
        {
            float* from = At(input, inputStrip, _inputWidth, table.Category.Slot);
            for (int row = 0; row < rows; row++)
            {
                int index = table.Category.IndexOf(from[(nint)row * _inputWidth]);
                if (index >= 0)
                    Scatter(_values.Pointer + _offset + table.Offset + (nint)index * table.Stride, output + (nint)row * _outputWidth, outputStrip, table.Output, table.Size);
            }
        }

        for (int i = 0; i < Places.Numbers.Length; i++)
            ComputeNumber(i, input, inputStrip, output, outputStrip, rows);
    }

    /// <summary>Reads one number of some rows.</summary>
    public void Gather(float* input, nint inputStrip, int slot, int rows, float* numbers)
    {
        float* from = At(input, inputStrip, _inputWidth, slot);
        for (int row = 0; row < rows; row++)
            numbers[row] = from[(nint)row * _inputWidth];
    }

    private void ComputeNumber(int index, float* input, nint inputStrip, float* output, nint outputStrip, int rows)
    {
        float* functions = ScratchOf(ScratchLength);
        float* results = functions + Rows * Stride;
        float* numbers = results + Rows * DimensionWidth * DimensionStrips;
        var place = Places.Numbers[index];
        float* weights = _values.Pointer + _offset + place.Offset;
        float* biases = weights + Count * DimensionWidth * DimensionStrips;
        for (int first = 0; first < rows; first += Rows)
        {
            int count = Math.Min(Rows, rows - first);
            Gather(input + (nint)first * _inputWidth, inputStrip, place.Slot, count, numbers);
            _bases[index].Compute(numbers, count, functions, Stride);
            for (int strip = 0; strip < DimensionStrips; strip++)
            {
                new MatrixProduct(
                    new LeftOperand((nint)functions, Stride, 1, int.MaxValue, 0), count, Count,
                    (nint)(weights + strip * Count * DimensionWidth), DimensionWidth,
                    Start: (nint)(biases + strip * DimensionWidth), StartStride: 0,
                    (nint)(results + strip * Rows * DimensionWidth)).Compute();
            }

            for (int row = 0; row < count; row++)
            {
                float* to = output + (nint)(first + row) * _outputWidth;
                for (int strip = 0; strip < DimensionStrips; strip++)
                {
                    float* from = results + (strip * Rows + row) * DimensionWidth;
                    int columns = Math.Min(DimensionWidth, Dimension - strip * DimensionWidth);
                    if (_layer.Numbers!.IsRectified)
                    {
                        for (int column = 0; column < columns; column++)
                            from[column] = Math.Max(from[column], 0);
                    }
                    Scatter(from, to, outputStrip, place.Output + strip * DimensionWidth, columns);
                }
            }
        }
    }

    // Values that lie side by side to columns of a row, which may lie in two strips and more.
    private void Scatter(float* from, float* row, nint outputStrip, int column, int count)
    {
        while (count > 0)
        {
            int within = column % _outputWidth;
            int piece = Math.Min(count, _outputWidth - within);
            new ReadOnlySpan<float>(from, piece).CopyTo(new Span<float>(row + column / _outputWidth * outputStrip + within, piece));
            from += piece;
            column += piece;
            count -= piece;
        }
    }

    private static float* At(float* values, nint strip, int width, int column) => values + column / width * strip + column % width;
}
