using System.Numerics;

namespace MLExtensions.Transforms;

/// <summary>All values of dense rows, kept slot by slot.</summary>
internal sealed class DenseSampleValues<T>(int slots) : DenseStatistics<SampleValues, T>(slots)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SampleValues[] _slots = new SampleValues[slots];

    // Every value is stored by itself: there is nothing to gain from four rows at a time.
    public override bool TryAdd(FourRows<T> rows) => false;

    public override SampleValues[] ToArray() => [.. _slots];

    protected override void AddRow(ReadOnlySpan<T> values)
    {
        for (int slot = 0; slot < values.Length; slot++)
        {
            if (!T.IsNaN(values[slot]))
                _slots[slot].Add(double.CreateTruncating(values[slot]));
        }
    }
}
