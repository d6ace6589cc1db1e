namespace MLExtensions.Transforms;

/// <summary>How power scaling stands in a model archive.</summary>
internal sealed class PowerScalingLayout : IScalingLayout<PowerScalingTransformer, PowerScalingOptions, PowerScalingParameters>
{
    public const string Name = "MLExtPowerScaling";

    private const string Lambdas = "lambdas";
    private const string Means = "means";
    private const string StandardDeviations = "standard_deviations";
    private const string Divisors = "divisors";

    public static string LoaderName => Name;

    public static IEnumerable<NamedNumbers> Write(PowerScalingParameters parameters) =>
    [
        new(Lambdas, parameters.Lambdas), new(Means, parameters.Means), new(StandardDeviations, parameters.StandardDeviations),
        new(Divisors, parameters.Divisors),
    ];

    public static PowerScalingParameters Read(NumbersReader numbers)
    {
        var (lambdas, means, deviations, divisors) = (numbers.Take(Lambdas), numbers.Take(Means), numbers.Take(StandardDeviations), numbers.Take(Divisors));
        if (deviations.Any(deviation => deviation < 0) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the standard deviations of column '{numbers.OutputColumnName}' must not be negative, and its divisors must be positive");
        return new([.. lambdas], [.. means], [.. deviations], [.. divisors]);
    }

    public static PowerScalingTransformer Create(IReadOnlyList<ScaledColumn<PowerScalingParameters>> columns, PowerScalingOptions options) =>
        new(columns, options);
}
