namespace MLExtensions.Networks.Layers;

/// <summary>Computes embeddings of rows, in training and in scoring, from parameters that lie in one buffer.</summary>
internal sealed unsafe class Embedder
{
    [ThreadStatic]
    private static AlignedBuffer? s_scratch;

    private readonly EmbeddingLayer _layer;
    private readonly AlignedBuffer _values;
    private readonly int _offset;
    private readonly int _inputWidth;
    private readonly int _outputWidth;
    private readonly int _outputStrips;

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
            Shape = NumberShape.Of(numbers);
    }

    public EmbeddingPlaces Places { get; }

    /// <summary>How the parameters of a number lie in memory.</summary>
    public NumberShape Shape { get; }

    /// <summary>What computes each embedded number.</summary>
    public NumberValues[] Numbers { get; private set; } = [];

    /// <summary>Makes what computes numbers, from the parameters as they are.</summary>
    /// <param name="edges">The edges of all numbers; empty where there are none.</param>
    public void MakeNumbers(ReadOnlySpan<float> edges)
    {
        if (_layer.Numbers is not { } embedding)
            return;

        var numbers = new NumberValues[Places.Numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            nint parameters = (nint)(_values.Pointer + _offset + Places.Numbers[i].Offset);
            var own = embedding.EdgeCount > 0 ? edges.Slice(i * embedding.EdgeCount, embedding.EdgeCount) : [];
            numbers[i] = embedding is PiecewiseLinearEmbedding piecewise
                ? new BinValues(Shape, new Bins(own), startsWithNumber: !piecewise.Rectified, parameters)
                : new FunctionValues(Shape, BasisOf(embedding, parameters), (embedding.LearnedVectors.Count, Places.VectorStride), parameters);
            numbers[i].Refresh();
        }
        Numbers = numbers;
    }

    private NumberBasis BasisOf(NumberEmbedding embedding, nint parameters) => embedding.CreateBasis(
        [.. Enumerable.Range(0, embedding.LearnedVectors.Count).Select(vector => parameters + (Shape.Vectors + vector * Places.VectorStride) * sizeof(float))]);

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

    /// <summary>Whether the values of a number lie side by side in a row, with nothing of others where they have their padding.</summary>
    public bool IsInOnePiece(NumberPlace place) =>
        Shape.Dimension == Shape.Width && place.Output % _outputWidth + Shape.Dimension <= _outputWidth;

    private void ComputeNumber(int index, float* input, nint inputStrip, float* output, nint outputStrip, int rows)
    {
        NumberValues own = Numbers[index];
        var place = Places.Numbers[index];
        float* numbers = ScratchOf(NumberValues.Rows * (1 + Shape.Padded) + own.ScratchLength);
        float* results = numbers + NumberValues.Rows;
        float* scratch = results + NumberValues.Rows * Shape.Padded;
        bool isDirect = own.TakesAnyStride && IsInOnePiece(place);
        for (int first = 0; first < rows; first += NumberValues.Rows)
        {
            int count = Math.Min(NumberValues.Rows, rows - first);
            Gather(input + (nint)first * _inputWidth, inputStrip, place.Slot, count, numbers);
            float* to = output + (nint)first * _outputWidth;
            if (isDirect)
            {
                to = At(to, outputStrip, _outputWidth, place.Output);
                own.Compute(numbers, count, to, _outputWidth, scratch);
                Rectify(to, count, Shape.Dimension, _outputWidth);
                continue;
            }

            own.Compute(numbers, count, results, Shape.Width, scratch);
            for (int strip = 0; strip < Shape.Strips; strip++)
            {
                float* from = results + strip * NumberValues.Rows * Shape.Width;
                int columns = Math.Min(Shape.Width, Shape.Dimension - strip * Shape.Width);
                Rectify(from, count, columns, Shape.Width);
                for (int row = 0; row < count; row++)
                    Scatter(from + row * Shape.Width, to + (nint)row * _outputWidth, outputStrip, place.Output + strip * Shape.Width, columns);
            }
        }
        GC.KeepAlive(_values);
    }

    // max(0, values), where the embedding asks for it; NaN stays.
    private void Rectify(float* values, int rows, int columns, nint stride)
    {
        if (!_layer.Numbers!.IsRectified)
            return;

        for (int row = 0; row < rows; row++, values += stride)
        {
            for (int column = 0; column < columns; column++)
                values[column] = Math.Max(values[column], 0);
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
