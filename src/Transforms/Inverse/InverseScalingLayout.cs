namespace MLExtensions.Transforms;

/// <summary>How an inverse stands in a model archive.</summary>
internal sealed class InverseScalingLayout : IScalingLayout<InverseScalingTransformer, NoScalingOptions, AffineMap>
{
    public const string Name = "MLExtInverseScaling";

    private const string Centers = "centers";
    private const string Divisors = "divisors";
    private const string Factors = "factors";
    private const string Offsets = "offsets";

    public static string LoaderName => Name;

    public static IEnumerable<(string Name, IReadOnlyList<double> Values)> Write(AffineMap map) =>
        [(Centers, map.Centers), (Divisors, map.Divisors), (Factors, map.Factors), (Offsets, map.Offsets)];

    // A zero divisor or factor, which an inverse cannot have, is refused by the map.
    public static AffineMap Read(Func<string, double[]> take, string outputColumnName) =>
        new(take(Centers), take(Divisors), take(Factors), take(Offsets));

    public static InverseScalingTransformer Create(IReadOnlyList<ScaledColumn<AffineMap>> columns, NoScalingOptions options) => new(columns);
}
