namespace MLExtensions.Transforms.Maps;

/// <summary>
/// A map of whole vectors that keeps their slots, <c>y = rest (d - sum t_k v_k) + sum t_k / divisor_k v_k + offset</c> with <c>d = x - center</c> and <c>t_k = v_k d</c>:
/// a symmetric matrix of a few directions, in place of <c>slots x slots</c> numbers.
/// </summary>
/// <param name="centers">What is subtracted, per slot.</param>
/// <param name="offsets">What is added, per slot.</param>
/// <param name="directions"><c>[directions x slots]</c>, row-major, orthonormal.</param>
/// <param name="divisors">What is divided by along each direction.</param>
/// <param name="rest">What is multiplied with across all directions; 0 to drop that.</param>
internal sealed class LowRankMap(double[] centers, double[] offsets, double[] directions, double[] divisors, double rest) : WholeMap
{
    private const int MostOnStack = 512;

    public override double[] Centers => centers;

    public override double[] Offsets => offsets;

    public override int Slots => centers.Length;

    public override int OutputSlots => centers.Length;

    public override bool KeepsSlots => true;

    public override LowRankMap Inverse() =>
        new(offsets, centers, directions, [.. divisors.Select(divisor => 1 / divisor)], rest == 0 ? 0 : 1 / rest);

    public override NumbersDescription? Describe() => new(MapKind.LowRankOfSlots, divisors.Length);

    public override IEnumerable<NamedNumbers> Write() =>
        [new("centers", centers), new("offsets", offsets), new("directions", directions, divisors.Length, Slots), new("divisors", divisors, divisors.Length), new("rest", [rest])];

    /// <summary>Takes the numbers that <see cref="Write"/> gave.</summary>
    public static LowRankMap Read(NumbersReader numbers) =>
        new(numbers.Take("centers"), numbers.Take("offsets"), numbers.Take("directions", numbers.Size, numbers.Slots),
            numbers.TakePositive("divisors", numbers.Size), numbers.Take("rest", 1)[0]);

    public override string WriteOnnx(OnnxGraph graph, string value)
    {
        string deviations = graph.Subtract(value, graph.Constant(centers, Slots));
        string rows = graph.Constant(directions, divisors.Length, Slots);
        string along = graph.Node("MatMul", [deviations, graph.Node("Transpose", [rows])]);
        string across = graph.Subtract(deviations, graph.Node("MatMul", [along, rows]));
        string scaled = graph.Node("MatMul", [graph.Divide(along, graph.Constant(divisors, divisors.Length)), rows]);
        return graph.Add(graph.Add(graph.Multiply(across, graph.Constant(new[] { rest }, 1)), scaled), graph.Constant(offsets, Slots));
    }

    protected override void Map(ReadOnlySpan<double> source, Span<double> destination)
    {
        for (int slot = 0; slot < source.Length; slot++)
            destination[slot] = source[slot] - centers[slot];
        MapInPlace(destination);
        for (int slot = 0; slot < source.Length; slot++)
            destination[slot] += offsets[slot];
    }

    protected override void MapDeviations(ReadOnlySpan<double> deviations, Span<double> destination)
    {
        deviations.CopyTo(destination);
        MapInPlace(destination);
    }

    private void MapInPlace(Span<double> deviations)
    {
        // Of what the directions before have left, so that no copy of a long row is needed: they are at right angles.
        Span<double> along = divisors.Length <= MostOnStack ? stackalloc double[divisors.Length] : new double[divisors.Length];
        for (int k = 0; k < along.Length; k++)
        {
            along[k] = Multiples.Dot(DirectionOf(k), deviations);
            Multiples.Add(-along[k], DirectionOf(k), deviations);
        }
        for (int slot = 0; slot < deviations.Length; slot++)
            deviations[slot] *= rest;
        for (int k = 0; k < along.Length; k++)
            Multiples.Add(along[k] / divisors[k], DirectionOf(k), deviations);
    }

    private ReadOnlySpan<double> DirectionOf(int k) => directions.AsSpan(k * Slots, Slots);
}
