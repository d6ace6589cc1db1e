namespace MLExtensions.Transforms;

/// <summary>How an inverse stands in a model archive: each column by the kind of its map and the numbers of that.</summary>
internal sealed class InverseScalingLayout : IScalingLayout<InverseScalingTransformer, NoScalingOptions, ColumnMap>
{
    public const string Name = "MLExtInverseScaling";

    private const string Centers = "centers";
    private const string Divisors = "divisors";
    private const string Factors = "factors";
    private const string Offsets = "offsets";
    private const string Limit = "limit";
    private const string Quantiles = "quantiles";
    private const string Lambdas = "lambdas";
    private const string Means = "means";
    private const string Matrix = "matrix";
    private const string Back = "back";

    public static string LoaderName => Name;

    public static NumbersDescription? Describe(ColumnMap map) => map switch
    {
        InverseMap inverse => Describe(inverse.Curve)! with { IsInverse = true },
        SmoothClippedMap => new(MapKind.SmoothClipped),
        QuantileMap { Distribution: var distribution } quantile =>
            new(distribution == QuantileDistribution.Uniform ? MapKind.UniformQuantiles : MapKind.NormalQuantiles, quantile.Quantiles[0].Length),
        PowerMap { Method: var method } => new(method == PowerMethod.YeoJohnson ? MapKind.YeoJohnson : MapKind.BoxCox),
        LinearMap linear => new(linear.KeepsSlots ? MapKind.LinearOfSlots : MapKind.Linear, linear.OutputSlots),
        _ => null,
    };

    public static IEnumerable<NamedNumbers> Write(ColumnMap map) => map switch
    {
        InverseMap inverse => Write(inverse.Curve),
        AffineMap affine => [new(Centers, affine.Centers), new(Divisors, affine.Divisors), new(Factors, affine.Factors), new(Offsets, affine.Offsets)],
        SmoothClippedMap curve => [new(Centers, curve.Centers), new(Factors, curve.Factors), new(Limit, [curve.Limit])],
        QuantileMap curve => [QuantileTable.Write(Quantiles, curve.Quantiles)],
        PowerMap curve => [new(Lambdas, curve.Lambdas), new(Means, curve.Means), new(Divisors, curve.Divisors)],
        LinearMap linear =>
        [
            new(Centers, linear.Centers), new(Matrix, linear.Matrix, linear.Slots, linear.OutputSlots),
            new(Offsets, linear.Offsets), new(Back, linear.Back, linear.OutputSlots, linear.Slots),
        ],
        _ => throw new NotSupportedException($"{map.GetType().Name} has no layout."),
    };

    public static ColumnMap Read(NumbersReader numbers)
    {
        var map = Forward(numbers);
        return numbers.IsInverse ? map.Inverse() : map;
    }

    public static InverseScalingTransformer Create(IReadOnlyList<ScaledColumn<ColumnMap>> columns, NoScalingOptions options) => new(columns);

    private static ColumnMap Forward(NumbersReader numbers) => numbers.Kind switch
    {
        // A zero divisor or factor, which an inverse cannot have, is refused by the map.
        null or MapKind.Affine => new AffineMap(numbers.Take(Centers), numbers.Take(Divisors), numbers.Take(Factors), numbers.Take(Offsets)),
        MapKind.SmoothClipped => new SmoothClippedMap(numbers.Take(Centers), numbers.Take(Factors), Positive(numbers, Limit, 1)[0]),
        MapKind.UniformQuantiles => new QuantileMap(QuantileTable.Read(Quantiles, numbers), QuantileDistribution.Uniform),
        MapKind.NormalQuantiles => new QuantileMap(QuantileTable.Read(Quantiles, numbers), QuantileDistribution.Normal),
        MapKind.YeoJohnson => ReadPower(PowerMethod.YeoJohnson, numbers),
        MapKind.BoxCox => ReadPower(PowerMethod.BoxCox, numbers),
        MapKind.Linear => ReadLinear(numbers, keepsSlots: false),
        MapKind.LinearOfSlots => ReadLinear(numbers, keepsSlots: true),
        var kind => throw new FormatException($"it gives column '{numbers.OutputColumnName}' a map of kind {kind}"),
    };

    private static PowerMap ReadPower(PowerMethod method, NumbersReader numbers) =>
        new(method, numbers.Take(Lambdas), numbers.Take(Means), Positive(numbers, Divisors, numbers.Slots));

    private static LinearMap ReadLinear(NumbersReader numbers, bool keepsSlots) =>
        new(numbers.Take(Centers), numbers.Take(Matrix, numbers.Slots, numbers.Size), numbers.Take(Offsets, numbers.Size),
            numbers.Take(Back, numbers.Size, numbers.Slots), keepsSlots);

    private static double[] Positive(NumbersReader numbers, string name, int count)
    {
        double[] values = numbers.Take(name, count);
        return Array.TrueForAll(values, value => value > 0)
            ? values
            : throw new FormatException($"the {name} of column '{numbers.OutputColumnName}' must be positive");
    }
}
