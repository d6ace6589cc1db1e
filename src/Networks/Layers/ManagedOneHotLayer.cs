namespace MLExtensions.Networks.Layers;

/// <summary>A value for each index of a category. Nobody asks for the gradient with respect to rows, and the layer learns nothing.</summary>
/// <param name="layer">The layer.</param>
/// <param name="place">Where the layer stands: first.</param>
internal sealed unsafe class ManagedOneHotLayer(OneHotLayer layer, LayerPlace place)
    : ManagedLayer(place.Input, place.NewMatrix((int)layer.Outputs), gradient: null)
{
    private readonly OneHotStep _encoding = new(layer);

    public override void Forward(RowRange rows, int step) =>
        _encoding.Encode(Input.At(0, rows.First), Input.StripLength, Output.At(0, rows.First), Output.StripLength, rows.Count);

    public override void Backward(RowRange rows, int step)
    {
    }
}

/// <summary>Copies rows to wider ones, with a value for each index of a category.</summary>
internal sealed unsafe class OneHotStep : ScoringStep
{
    private readonly int _inputWidth;
    private readonly int _outputWidth;
    private readonly int _outputStrips;
    private readonly Numbers[] _numbers;
    private readonly (CategorySlot Category, int FirstOutput)[] _categories;

    /// <summary>Finds where each slot goes.</summary>
    /// <param name="layer">The layer, whose outputs are possible.</param>
    public OneHotStep(OneHotLayer layer)
    {
        int outputs = (int)layer.Outputs;
        _inputWidth = StripMatrix.WidthOf(layer.Layout.Width);
        _outputWidth = StripMatrix.WidthOf(outputs);
        _outputStrips = StripMatrix.PaddedColumns(outputs) / _outputWidth;

        var numbers = new List<Numbers>();
        var categories = new List<(CategorySlot, int)>();
        int slot = 0, output = 0;
        foreach (var category in layer.Layout.Categories)
        {
            AddNumbers(category.Slot);
            categories.Add((category, output));
            slot++;
            output += category.Count;
        }
        AddNumbers(layer.Layout.Width);
        (_numbers, _categories) = ([.. numbers], [.. categories]);

        // Numbers that follow one another, divided at the borders of strips on both sides.
        void AddNumbers(int end)
        {
            while (slot < end)
            {
                int count = Math.Min(end - slot, Math.Min(_inputWidth - slot % _inputWidth, _outputWidth - output % _outputWidth));
                numbers.Add(new Numbers(slot, output, count));
                slot += count;
                output += count;
            }
        }
    }

    public override float* Run(float* values, float* free, int rows)
    {
        Encode(values, (nint)rows * _inputWidth, free, (nint)rows * _outputWidth, rows);
        return free;
    }

    /// <summary>Encodes rows.</summary>
    /// <param name="input">The first of the rows in the first strip.</param>
    /// <param name="inputStrip">The distance between strips of the input.</param>
    /// <param name="output">Receives the rows, padding zeroed.</param>
    /// <param name="outputStrip">The distance between strips of the output.</param>
    /// <param name="rows">The number of rows.</param>
    public void Encode(float* input, nint inputStrip, float* output, nint outputStrip, int rows)
    {
        for (int strip = 0; strip < _outputStrips; strip++)
            new Span<float>(output + strip * outputStrip, rows * _outputWidth).Clear();

        foreach (var (slot, first, count) in _numbers)
        {
            float* from = At(input, inputStrip, _inputWidth, slot);
            float* to = At(output, outputStrip, _outputWidth, first);
            for (int row = 0; row < rows; row++, from += _inputWidth, to += _outputWidth)
                new ReadOnlySpan<float>(from, count).CopyTo(new Span<float>(to, count));
        }

        foreach (var (category, first) in _categories)
        {
            float* from = At(input, inputStrip, _inputWidth, category.Slot);
            for (int row = 0; row < rows; row++, from += _inputWidth)
            {
                int index = category.IndexOf(*from);
                if (index >= 0)
                    At(output, outputStrip, _outputWidth, first + index)[row * _outputWidth] = 1;
            }
        }
    }

    private static float* At(float* values, nint strip, int width, int column) => values + column / width * strip + column % width;

    private readonly record struct Numbers(int Slot, int Output, int Count);
}
