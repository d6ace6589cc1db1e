namespace MLExtensions.Networks.Layers;

/// <summary>What the first layers of a network make of each slot of a row, in words.</summary>
internal sealed class SlotTreatments
{
    private readonly InputLayer? _input;
    private readonly OneHotLayer? _oneHot;
    private readonly EmbeddingLayer? _embedding;
    private readonly HashSet<int> _missing;
    private readonly HashSet<int> _plain;
    private readonly Dictionary<int, int> _categories = [];
    private readonly Dictionary<int, int> _dimensions = [];

    /// <summary>Looks at the first layers.</summary>
    public SlotTreatments(NetworkDescription network)
    {
        _input = network.Layers.OfType<InputLayer>().FirstOrDefault();
        _oneHot = network.Layers.OfType<OneHotLayer>().FirstOrDefault();
        _embedding = network.Layers.OfType<EmbeddingLayer>().FirstOrDefault();
        _missing = [.. _input?.Layout.Missing ?? []];
        _plain = [.. _embedding?.Plain ?? []];
        foreach (var (slot, count) in network.Layout?.Categories ?? [])
            _categories.Add(slot, count);
        foreach (var (category, dimension) in _embedding?.Layout.Categories.Zip(_embedding.CategoryDimensions) ?? [])
            _dimensions.Add(category.Slot, dimension);
    }

    /// <summary>The number of categories of a slot; null for a number.</summary>
    public int? CategoriesOf(int slot) => _categories.TryGetValue(slot, out int count) ? count : null;

    /// <summary>What becomes of a slot.</summary>
    public string Of(int slot)
    {
        if (_categories.ContainsKey(slot))
        {
            return _oneHot is not null || _dimensions.GetValueOrDefault(slot) == 0 && _embedding is not null ? "one-hot"
                : _embedding is not null ? Invariant($"embedded in {Plural.Of(_dimensions[slot], "value")}") : "index as it is";
        }
        string[] parts =
        [
            .. _input is null ? (string[])[] : [_input is QuantileInputLayer ? "scaled by quantiles" : "scaled"],
            .. _missing.Contains(slot) ? (string[])["missing ones marked"] : [],
            .. _embedding is { Numbers: { } numbers } && !_plain.Contains(slot)
                ? (string[])[Invariant($"{NetworkSummary.Words(numbers.GetType().Name, "Embedding")} embedding in {Plural.Of(numbers.Outputs, "value")}")] : [],
        ];
        return parts.Length > 0 ? string.Join(", ", parts) : "as they are";
    }
}
