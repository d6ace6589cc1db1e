using System.Collections.Immutable;

namespace MLExtensions.Transforms;

/// <summary>How whitening stands in a model archive.</summary>
internal sealed class WhiteningLayout : IScalingLayout<WhiteningTransformer, WhiteningOptions, WhiteningParameters>
{
    public const string Name = "MLExtWhitening";

    private const string Means = "means";
    private const string Components = "components";
    private const string Variances = "variances";
    private const string Divisors = "divisors";
    private const string ShareOfVariance = "share_of_variance";

    public static string LoaderName => Name;

    public static NumbersDescription? Describe(WhiteningParameters parameters) => new(Size: parameters.Components.Length);

    public static IEnumerable<NamedNumbers> Write(WhiteningParameters parameters) =>
    [
        new(Means, parameters.Means),
        new(Components, [.. parameters.Components.SelectMany(component => component)], parameters.Components.Length, parameters.Means.Length),
        new(Variances, parameters.Variances), new(Divisors, parameters.Divisors), new(ShareOfVariance, [parameters.ShareOfVariance]),
    ];

    public static WhiteningParameters Read(NumbersReader numbers)
    {
        double[] means = numbers.Take(Means);
        var components = numbers.Take(Components, numbers.Size, numbers.Slots).Chunk(numbers.Slots).Select(component => component.ToImmutableArray());
        var (variances, divisors) = (numbers.Take(Variances, numbers.Size), numbers.Take(Divisors, numbers.Size));
        if (variances.Any(variance => variance < 0) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the variances of column '{numbers.OutputColumnName}' must not be negative, and its divisors must be positive");
        return new([.. means], [.. components], [.. variances], [.. divisors], numbers.Take(ShareOfVariance, 1)[0]);
    }

    public static WhiteningTransformer Create(IReadOnlyList<ScaledColumn<WhiteningParameters>> columns, WhiteningOptions options) => new(columns, options);
}
