namespace MLExtensions.Transforms;

/// <summary>How robust scaling stands in a model archive.</summary>
internal sealed class RobustScalingLayout : IScalingLayout<RobustScalingTransformer, RobustScalingOptions, RobustScalingParameters>
{
    public const string Name = "MLExtRobustScaling";

    private const string Medians = "medians";
    private const string LowerQuantiles = "lower_quantiles";
    private const string UpperQuantiles = "upper_quantiles";
    private const string Minima = "minima";
    private const string Maxima = "maxima";
    private const string Divisors = "divisors";

    public static string LoaderName => Name;

    public static IEnumerable<NamedNumbers> Write(RobustScalingParameters parameters) =>
    [
        new(Medians, parameters.Medians), new(LowerQuantiles, parameters.LowerQuantiles), new(UpperQuantiles, parameters.UpperQuantiles),
        new(Minima, parameters.Minima), new(Maxima, parameters.Maxima), new(Divisors, parameters.Divisors),
    ];

    public static RobustScalingParameters Read(NumbersReader numbers)
    {
        var read = new RobustScalingParameters([.. numbers.Take(Medians)], [.. numbers.Take(LowerQuantiles)], [.. numbers.Take(UpperQuantiles)],
            [.. numbers.Take(Minima)], [.. numbers.Take(Maxima)], [.. numbers.Take(Divisors)]);
        for (int slot = 0; slot < numbers.Slots; slot++)
        {
            if (read.Minima[slot] > read.LowerQuantiles[slot] || read.LowerQuantiles[slot] > read.UpperQuantiles[slot]
                || read.UpperQuantiles[slot] > read.Maxima[slot] || read.Divisors[slot] <= 0)
            {
                throw new FormatException($"the minima, quantiles and maxima of column '{numbers.OutputColumnName}' must ascend, and its divisors must be positive");
            }
        }
        return read;
    }

    public static RobustScalingTransformer Create(IReadOnlyList<ScaledColumn<RobustScalingParameters>> columns, RobustScalingOptions options) =>
        new(columns, options);
}
