using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Rows of an array that engines do not see, so that they gather them batch by batch.</summary>
/// <param name="rows">The rows.</param>
internal sealed class UnseenRows(FeatureRows rows) : FeatureRows
{
    public override int Count => rows.Count;

    public override int Width => rows.Width;

    public override void Gather(ReadOnlySpan<int> indices, Span<float> destination) => rows.Gather(indices, destination);
}
