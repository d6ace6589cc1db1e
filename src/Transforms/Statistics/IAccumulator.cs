using System.Numerics;

namespace MLExtensions.Transforms.Statistics;

/// <summary>Statistics of the numbers seen so far in one slot, in one pass, mergeable with those of other rows.</summary>
internal interface IAccumulator<TSelf>
    where TSelf : struct, IAccumulator<TSelf>
{
    /// <summary>How many numbers were added.</summary>
    long Count { get; }

    /// <summary>The statistics of as many zeros, which sparse vectors leave out.</summary>
    static abstract TSelf OfZeros(long count);

    /// <summary>Makes the statistics of dense rows, with all slots of a row taken at once.</summary>
    static abstract DenseStatistics<TSelf, T> OfDenseRows<T>(int slots)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Adds a finite number.</summary>
    void Add(double value);

    /// <summary>
    /// Adds what another accumulator has seen, as if it had been seen here: to the last bit where numbers are kept or compared, and to the
    /// rounding of sums in another order where they are summed.
    /// </summary>
    void Merge(TSelf other);
}
