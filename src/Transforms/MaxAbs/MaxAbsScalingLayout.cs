namespace MLExtensions.Transforms;

/// <summary>How max-abs scaling stands in a model archive.</summary>
internal sealed class MaxAbsScalingLayout : IScalingLayout<MaxAbsScalingTransformer, MaxAbsScalingOptions, MaxAbsScalingParameters>
{
    public const string Name = "MLExtMaxAbsScaling";

    private const string MaximumMagnitudes = "maximum_magnitudes";
    private const string Divisors = "divisors";

    public static string LoaderName => Name;

    public static IEnumerable<NamedNumbers> Write(MaxAbsScalingParameters parameters) =>
        [new(MaximumMagnitudes, parameters.MaximumMagnitudes), new(Divisors, parameters.Divisors)];

    public static MaxAbsScalingParameters Read(NumbersReader numbers)
    {
        var (magnitudes, divisors) = (numbers.Take(MaximumMagnitudes), numbers.Take(Divisors));
        if (magnitudes.Any(magnitude => magnitude < 0) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the magnitudes of column '{numbers.OutputColumnName}' must not be negative, and its divisors must be positive");
        return new([.. magnitudes], [.. divisors]);
    }

    public static MaxAbsScalingTransformer Create(IReadOnlyList<ScaledColumn<MaxAbsScalingParameters>> columns, MaxAbsScalingOptions options) =>
        new(columns, options);
}
