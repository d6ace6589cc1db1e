using System.Globalization;
using System.Text;

namespace MLExtensions.Networks;

/// <summary>
/// Adds, behind all slots of a row, what is known of the training rows near it: for each of some planes of two numbers the mean of each value over the nearest rows,
/// scaled as (mean - centre) factor. It is not trained: engines get rows that have passed it already. <c>points</c> [slots of planes x points], <c>values</c> [points x values] and
/// <c>weights</c> [points], which the mean is weighted by, are those of training rows, <c>center</c> and <c>factor</c> [planes x values] of all means.
/// </summary>
/// <param name="Layout">What the slots of a row are.</param>
/// <param name="Pairs">The planes.</param>
/// <param name="Points">The number of training rows that are kept, at least 1.</param>
/// <param name="Values">How many values are known of each, at least 1.</param>
/// <param name="Neighbors">The number of nearest rows, at least 1.</param>
public sealed record NeighborMeansLayer(RowLayout Layout, IReadOnlyList<NumberPair> Pairs, int Points, int Values, int Neighbors) : Layer
{
    internal override RowLayout InputLayout => Layout;

    internal override RowLayout OutputLayout => new(Outputs, Layout.Categories);

    internal override IEnumerable<ParameterTensor> Parameters =>
    [
        Statistic("points", Slots.Count, Points),
        Statistic("values", Points, Values),
        Statistic("weights", Points),
        Statistic("center", Pairs.Count, Values),
        Statistic("factor", Pairs.Count, Values),
    ];

    /// <summary>The slots of the planes, in ascending order.</summary>
    internal IReadOnlyList<int> Slots => [.. Pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct().Order()];

    /// <summary>The number of slots behind the layer.</summary>
    internal int Outputs => Layout.Width + Pairs.Count * Values;

    internal override int? OutputsFor(int inputs)
    {
        if (Layout.Width != inputs || Points < 1 || Values < 1 || Neighbors < 1 || Pairs.Count < 1)
            return null;
        if (Pairs.Any(pair => pair.First < 0 || pair.First >= pair.Second || pair.Second >= inputs || Layout.IsCategory(pair.First) || Layout.IsCategory(pair.Second)))
            return null;
        long outputs = inputs + (long)Pairs.Count * Values, kept = Points * (Slots.Count + 1L + Values);
        return outputs <= NetworkChecks.MaximumWidth && kept <= Array.MaxLength ? (int)outputs : null;
    }

    internal override ManagedLayer Open(LayerPlace place) =>
        throw new NotSupportedException($"{nameof(NeighborMeansLayer)} is fitted before training, not trained: open a network without it, on rows that have passed it.");

    internal override ScoringStep Score(ScoringPlan plan) => new NeighborMeansStep(this, name => plan[name]);

    internal override string WriteOnnx(OnnxNetwork network, string input) => NeighborMeansExport.Write(network, this, input);

    internal override void WriteTorch(SequentialWriter writer) => throw NoTorch("A mean over neighbors (NeighborMeans)", "train with NeighborMeans = null");

    /// <inheritdoc/>
    public bool Equals(NeighborMeansLayer? other) => other is not null && Layout.Equals(other.Layout) && Pairs.SequenceEqual(other.Pairs)
        && Points == other.Points && Values == other.Values && Neighbors == other.Neighbors;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Layout, Pairs.Count, Points, Values, Neighbors);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Layout = {Layout}, Pairs = {ListText.Of(Pairs.Select(pair => Invariant($"{pair.First}-{pair.Second}")))}, Points = {Points}, Values = {Values}, Neighbors = {Neighbors}");
        return true;
    }
}
