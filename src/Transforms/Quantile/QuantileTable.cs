namespace MLExtensions.Transforms;

/// <summary>Quantiles of every slot in archives, <c>[slots x quantiles]</c>.</summary>
internal static class QuantileTable
{
    public static NamedNumbers Write(string name, IReadOnlyList<IReadOnlyList<double>> quantiles) =>
        new(name, [.. quantiles.SelectMany(slot => slot)], quantiles.Count, quantiles[0].Count);

    /// <exception cref="FormatException">They are missing, of another shape, or not ascending.</exception>
    public static double[][] Read(string name, NumbersReader numbers)
    {
        double[][] quantiles = [.. numbers.Take(name, numbers.Slots, numbers.Size).Chunk(numbers.Size)];
        return Array.TrueForAll(quantiles, slot => slot.Zip(slot.Skip(1)).All(pair => pair.First <= pair.Second))
            ? quantiles
            : throw new FormatException($"the quantiles of column '{numbers.OutputColumnName}' must ascend");
    }
}
