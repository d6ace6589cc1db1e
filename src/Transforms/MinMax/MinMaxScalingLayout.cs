namespace MLExtensions.Transforms;

/// <summary>How min-max scaling stands in a model archive.</summary>
internal sealed class MinMaxScalingLayout : IScalingLayout<MinMaxScalingTransformer, MinMaxScalingOptions, MinMaxScalingParameters>
{
    public const string Name = "MLExtMinMaxScaling";

    private const string Minima = "minima";
    private const string Maxima = "maxima";
    private const string Divisors = "divisors";

    public static string LoaderName => Name;

    public static IEnumerable<NamedNumbers> Write(MinMaxScalingParameters parameters) =>
        [new(Minima, parameters.Minima), new(Maxima, parameters.Maxima), new(Divisors, parameters.Divisors)];

    public static MinMaxScalingParameters Read(NumbersReader numbers)
    {
        var (minima, maxima, divisors) = (numbers.Take(Minima), numbers.Take(Maxima), numbers.Take(Divisors));
        if (minima.Zip(maxima).Any(slot => slot.First > slot.Second) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the minima of column '{numbers.OutputColumnName}' must not exceed its maxima, and its divisors must be positive");
        return new([.. minima], [.. maxima], [.. divisors]);
    }

    public static MinMaxScalingTransformer Create(IReadOnlyList<ScaledColumn<MinMaxScalingParameters>> columns, MinMaxScalingOptions options) =>
        new(columns, options);
}
