namespace MLExtensions.Networks.Layers;

/// <summary>Copies rows in strips to wider ones, with a value for each index of a category. Immutable.</summary>
internal sealed unsafe class OneHotEncoder
{
    private readonly int _outputStrips;
    private readonly Numbers[] _numbers;
    private readonly (CategorySlot Category, int FirstOutput)[] _categories;

    /// <summary>Finds where each slot goes.</summary>
    /// <param name="layer">The layer, whose outputs are possible.</param>
    public OneHotEncoder(OneHotLayer layer)
    {
        int outputs = (int)layer.Outputs;
        InputWidth = StripMatrix.WidthOf(layer.Layout.Width);
        OutputWidth = StripMatrix.WidthOf(outputs);
        _outputStrips = StripMatrix.PaddedColumns(outputs) / OutputWidth;

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
                int count = Math.Min(end - slot, Math.Min(InputWidth - slot % InputWidth, OutputWidth - output % OutputWidth));
                numbers.Add(new Numbers(slot, output, count));
                slot += count;
                output += count;
            }
        }
    }

    /// <summary>The columns of a strip of the input.</summary>
    public int InputWidth { get; }

    /// <summary>The columns of a strip of the output.</summary>
    public int OutputWidth { get; }

    /// <summary>Encodes rows.</summary>
    /// <param name="input">The first of the rows in the first strip.</param>
    /// <param name="inputStrip">The distance between strips of the input.</param>
    /// <param name="output">Receives the rows, padding zeroed.</param>
    /// <param name="outputStrip">The distance between strips of the output.</param>
    /// <param name="rows">The number of rows.</param>
    public void Encode(float* input, nint inputStrip, float* output, nint outputStrip, int rows)
    {
        for (int strip = 0; strip < _outputStrips; strip++)
            new Span<float>(output + strip * outputStrip, rows * OutputWidth).Clear();

        foreach (var (slot, first, count) in _numbers)
        {
            float* from = At(input, inputStrip, InputWidth, slot);
            float* to = At(output, outputStrip, OutputWidth, first);
            for (int row = 0; row < rows; row++, from += InputWidth, to += OutputWidth)
                new ReadOnlySpan<float>(from, count).CopyTo(new Span<float>(to, count));
        }

        foreach (var (category, first) in _categories)
        {
            float* from = At(input, inputStrip, InputWidth, category.Slot);
            for (int row = 0; row < rows; row++, from += InputWidth)
            {
                int index = category.IndexOf(*from);
                if (index >= 0)
                    At(output, outputStrip, OutputWidth, first + index)[row * OutputWidth] = 1;
            }
        }
    }

    private static float* At(float* values, nint strip, int width, int column) => values + column / width * strip + column % width;

    private readonly record struct Numbers(int Slot, int Output, int Count);
}
