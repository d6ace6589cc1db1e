namespace MLExtensions.Transforms;

/// <summary>How standard scaling stands in a model archive.</summary>
internal sealed class StandardScalingLayout : IScalingLayout<StandardScalingTransformer, StandardScalingOptions, StandardScalingParameters>
{
    public const string Name = "MLExtStandardScaling";

    private const string Means = "means";
    private const string StandardDeviations = "standard_deviations";
    private const string Divisors = "divisors";

    public static string LoaderName => Name;

    public static IEnumerable<NamedNumbers> Write(StandardScalingParameters parameters) =>
        [new(Means, parameters.Means), new(StandardDeviations, parameters.StandardDeviations), new(Divisors, parameters.Divisors)];

    public static StandardScalingParameters Read(NumbersReader numbers)
    {
        var (means, deviations, divisors) = (numbers.Take(Means), numbers.Take(StandardDeviations), numbers.Take(Divisors));
        if (deviations.Any(deviation => deviation < 0) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the standard deviations of column '{numbers.OutputColumnName}' must not be negative, and its divisors must be positive");
        return new([.. means], [.. deviations], [.. divisors]);
    }

    public static StandardScalingTransformer Create(IReadOnlyList<ScaledColumn<StandardScalingParameters>> columns, StandardScalingOptions options) =>
        new(columns, options);
}
