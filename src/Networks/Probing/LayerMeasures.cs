namespace MLExtensions.Networks.Probing;

/// <summary>The numbers of <see cref="LayerStatistics"/> by name, in the order of files and states.</summary>
internal static class LayerMeasures
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<(string Name, Func<LayerStatistics, double?> Of)> All { get; } =
    [
        ("gradient_norm", layer => layer.GradientNorm),
        ("weight_norm", layer => layer.WeightNorm),
        ("update_ratio", layer => layer.UpdateRatio),
        ("activation_mean", layer => layer.ActivationMean),
        ("activation_deviation", layer => layer.ActivationDeviation),
        ("dead_share", layer => layer.DeadShare),
        ("saturated_share", layer => layer.SaturatedShare),
    ];

    /// <summary>The numbers of some layers one after the other, NaN where there is none.</summary>
    public static double[] ToNumbers(IEnumerable<LayerStatistics> layers) =>
        [.. layers.SelectMany(layer => All.Select(measure => measure.Of(layer) ?? double.NaN))];

    /// <summary>What <see cref="ToNumbers"/> was given.</summary>
    /// <param name="layers">The layers, of which only the names count.</param>
    /// <param name="numbers">The numbers.</param>
    public static IReadOnlyList<LayerStatistics> FromNumbers(IEnumerable<LayerStatistics> layers, ReadOnlyMemory<double> numbers) => [.. layers.Select((layer, i) =>
    {
        var own = numbers.Span.Slice(i * All.Count, All.Count);
        return layer with
        {
            GradientNorm = OrNull(own[0]),
            WeightNorm = OrNull(own[1]),
            UpdateRatio = OrNull(own[2]),
            ActivationMean = OrNull(own[3]),
            ActivationDeviation = OrNull(own[4]),
            DeadShare = OrNull(own[5]),
            SaturatedShare = OrNull(own[6]),
        };
    })];

    private static double? OrNull(double value) => double.IsNaN(value) ? null : value;
}
