using System.Globalization;
using System.Text;

namespace MLExtensions.Networks;

/// <summary>
/// Rows to wider ones; the first layer of a network. In the place of each number stand the values of its embedding, in that of a category
/// its learned vector or a value for each index (1 for the one it has, 0 for all others), in order of the slots. What is no valid index
/// gives zeros alone.
/// </summary>
/// <param name="Layout">What the slots of a row are.</param>
/// <param name="Numbers">What numbers become; null where they stay as they are.</param>
/// <param name="Plain">The slots of numbers that stay as they are all the same, in ascending order.</param>
/// <param name="CategoryDimensions">The length of the vectors of each category of the layout; 0 for a value for each index.</param>
public sealed record EmbeddingLayer(RowLayout Layout, NumberEmbedding? Numbers, IReadOnlyList<int> Plain, IReadOnlyList<int> CategoryDimensions) : Layer
{
    // As many rows as quantiles of input scaling are taken of.
    private const int MostFitted = 65_536;

    /// <summary>The standard deviation of the vectors of categories at the start; 1 by default.</summary>
    public float CategoryDeviation { get; init; } = 1;

    /// <summary>The slots that are embedded as numbers.</summary>
    internal IEnumerable<int> Embedded => Numbers is null ? [] : Enumerable.Range(0, Layout.Width).Where(slot => !Layout.IsCategory(slot)).Except(Plain);

    internal override RowLayout InputLayout => Layout;

    internal override int StoredLength => EmbeddingPlaces.Of(this).Length;

    internal override IEnumerable<ParameterTensor> Parameters
    {
        get
        {
            int numbers = Embedded.Count();
            if (numbers > 0)
            {
                yield return Tensor("weight", ParameterRole.Embedding, 0, numbers, Numbers!.BasisCount, Numbers.Dimension);
                yield return Tensor("bias", ParameterRole.Embedding, 0, numbers, Numbers.Dimension);
                foreach (string name in Numbers.LearnedVectors)
                    yield return Tensor(name, ParameterRole.Embedding, 0, numbers, Numbers.VectorLength);
                if (Numbers.EdgeCount > 0)
                    yield return Statistic("edges", numbers, Numbers.EdgeCount) with { Ascends = true };
            }
            foreach (var (category, dimension) in Layout.Categories.Zip(CategoryDimensions).Where(pair => pair.Second > 0))
                yield return Tensor(NameOf(category), ParameterRole.Embedding, 0, category.Count, dimension);
        }
    }

    /// <summary>The name of the tensor of a category's vectors.</summary>
    internal static string NameOf(CategorySlot category) => Invariant($"category_{category.Slot}");

    internal override int? OutputsFor(int inputs)
    {
        if (Layout.Width != inputs || CategoryDimensions.Count != Layout.Categories.Count || Numbers is { IsPossible: false }
            || CategoryDimensions.Any(dimension => dimension is < 0 or > 4096) || !ArePlain())
        {
            return null;
        }

        long outputs = EmbeddingPlaces.OutputsOf(this);
        return outputs <= OneHotLayer.MaximumOutputs ? (int)outputs : null;
    }

    internal override IEnumerable<int> WidthsOf(int inputs)
    {
        int[] widths = [.. Enumerable.Repeat(1, inputs)];
        foreach (int slot in Embedded)
            widths[slot] = Numbers!.Outputs;
        foreach (var (category, dimension) in Layout.Categories.Zip(CategoryDimensions))
            widths[category.Slot] = dimension > 0 ? dimension : category.Count;
        return widths;
    }

    internal override void Draw(Func<string, Memory<float>> tensors, RandomStream random)
    {
        int count = Embedded.Count();
        for (int i = 0; i < count; i++)
        {
            Numbers!.Start(Row("weight", i).Span, Row("bias", i).Span, [.. Numbers.LearnedVectors.Select(name => Row(name, i))], random);
        }
        foreach (var (category, dimension) in Layout.Categories.Zip(CategoryDimensions).Where(pair => pair.Second > 0))
        {
            foreach (ref float value in tensors(NameOf(category)).Span)
                value = (float)(CategoryDeviation * random.NextNormal());
        }

        Memory<float> Row(string name, int index)
        {
            var all = tensors(name);
            return all.Slice(index * (all.Length / count), all.Length / count);
        }
    }

    internal override void Fit(Func<string, Memory<float>> tensors, DataBlock data, ReadOnlySpan<int> rows, int classes)
    {
        if (Numbers is not { EdgeCount: > 0 and var count } || !Embedded.Any())
            return;

        int sampled = Math.Min(rows.Length, MostFitted);
        int[] sample = new int[sampled];
        for (int i = 0; i < sampled; i++)
            sample[i] = rows[(int)((long)i * rows.Length / sampled)];
        float[] targets = SplitTargets.Of(data, sample, classes);
        int[] slots = [.. Embedded];
        float[][] columns = ColumnsOf(data, sample, slots);
        var edges = tensors("edges");
        Parallel.For(0, slots.Length, i => Numbers.Fit(columns[i], targets, edges.Span.Slice(i * count, count)));
    }

    internal override string WriteOnnx(OnnxNetwork network, string input) => EmbeddingExport.Write(network, this, input);

    internal override void WriteTorch(SequentialWriter writer) => throw (Numbers is null
        ? NoTorch("A category among the features", "encode categories before the trainer")
        : NoTorch($"An embedding of numbers ({Numbers.GetType().Name})", "train with NumberEmbedding = null"));

    internal override ManagedLayer Open(LayerPlace place) => new ManagedEmbeddingLayer(this, place);

    internal override ScoringStep Score(ScoringPlan plan) => new EmbeddingStep(this, name => plan[name]);

    /// <inheritdoc/>
    public bool Equals(EmbeddingLayer? other) => other is not null && Layout.Equals(other.Layout) && Equals(Numbers, other.Numbers)
        && CategoryDeviation == other.CategoryDeviation && Plain.SequenceEqual(other.Plain) && CategoryDimensions.SequenceEqual(other.CategoryDimensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Layout, Numbers, Plain.Count, CategoryDimensions.Count);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Layout = {Layout}, Numbers = {Numbers?.ToString() ?? "null"}, Plain = {ListText.Of(Plain)}, CategoryDimensions = {ListText.Of(CategoryDimensions)}, CategoryDeviation = {CategoryDeviation}");
        return true;
    }

    private static float[][] ColumnsOf(DataBlock data, int[] rows, int[] slots)
    {
        float[][] columns = [.. slots.Select(_ => new float[rows.Length])];
        float[] values = new float[data.FeatureCount];
        for (int row = 0; row < rows.Length; row++)
        {
            data.Features.Gather([rows[row]], values);
            for (int i = 0; i < slots.Length; i++)
                columns[i][row] = values[slots[i]];
        }
        return columns;
    }

    private bool ArePlain()
    {
        int next = 0;
        foreach (int slot in Plain)
        {
            if (slot < next || slot >= Layout.Width || Layout.IsCategory(slot))
                return false;
            next = slot + 1;
        }
        return true;
    }
}
