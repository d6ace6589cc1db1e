namespace MLExtensions.Networks;

/// <summary>
/// Rows with indices of categories to rows of numbers; the first layer of a network. Numbers stay as they are and in order; each category
/// is replaced, in its place, by a value for each index: 1 for the one it has, 0 for all others. What is no valid index gives zeros alone.
/// </summary>
/// <param name="Layout">What the slots of a row are.</param>
public sealed record OneHotLayer(RowLayout Layout) : Layer
{
    /// <summary>The most values that the layer gives, so that any room for portions of rows has a length that is an <c>int</c>.</summary>
    internal const int MaximumOutputs = 1 << 24;

    /// <summary>The number of values that the layer gives, which need not be possible.</summary>
    internal long Outputs => Layout.Width + Layout.Categories.Sum(category => category.Count - 1L);

    internal override RowLayout InputLayout => Layout;

    internal override int? OutputsFor(int inputs) => Layout.Width == inputs && Outputs <= MaximumOutputs ? (int)Outputs : null;

    internal override IEnumerable<int> WidthsOf(int inputs)
    {
        int[] widths = [.. Enumerable.Repeat(1, inputs)];
        foreach (var (slot, count) in Layout.Categories)
            widths[slot] = count;
        return widths;
    }

    internal override string WriteOnnx(OnnxNetwork network, string input) => EmbeddingExport.Write(network, new EmbeddingLayer(Layout, null, [], [.. Layout.Categories.Select(_ => 0)]), input);

    internal override void WriteTorch(SequentialWriter writer) => throw NoTorch("A category among the features", "encode categories before the trainer");

    internal override ManagedLayer Open(LayerPlace place) => new ManagedOneHotLayer(this, place);

    internal override ScoringStep Score(ScoringPlan plan) => new OneHotStep(this);
}
