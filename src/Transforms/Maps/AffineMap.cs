namespace MLExtensions.Transforms.Maps;

/// <summary>
/// One affine function per slot, <c>y = (x - center) / divisor * factor + offset</c>, then clipped where bounds are given.
/// </summary>
/// <remarks>
/// <para>Computed in double and rounded once to the type of the column; for <c>Single</c>, by multiplying with the quotient of factor and
/// divisor, whose rounding error is far below that of the result. The centre is subtracted before anything else, because
/// <c>x * scale + offset</c> would cancel digits where the centre is large against the spread. NaN stays NaN, clipped or not.</para>
/// <para>The four numbers of a slot make the inverse another map of the same kind: the centre changes places with the offset,
/// and the divisor with the factor.</para>
/// </remarks>
internal sealed class AffineMap : SlotMap
{
    private readonly bool _hasGains;

    public AffineMap(double[] centers, double[] divisors, double[] factors, double[] offsets, (double Lower, double Upper)? bounds = null)
    {
        if (divisors.Length != centers.Length || factors.Length != centers.Length || offsets.Length != centers.Length)
            throw new ArgumentException($"Expected {centers.Length} divisors, factors and offsets, got {divisors.Length}, {factors.Length} and {offsets.Length}.");
        if (divisors.Contains(0) || factors.Contains(0))
            throw new ArgumentException("A divisor or factor is zero.");

        Centers = centers;
        Divisors = divisors;
        Factors = factors;
        Offsets = offsets;
        Bounds = bounds;
        Gains = [.. factors.Zip(divisors, (factor, divisor) => factor / divisor)];
        _hasGains = Array.TrueForAll(Gains, double.IsNormal);
    }

    /// <summary>The map <c>y = (x - center) / divisor</c>.</summary>
    public AffineMap(double[] centers, double[] divisors)
        : this(centers, divisors, [.. Enumerable.Repeat(1.0, centers.Length)], new double[centers.Length]) { }

    public double[] Centers { get; }

    public double[] Divisors { get; }

    public double[] Factors { get; }

    public double[] Offsets { get; }

    /// <summary>Factors over divisors; of use where <see cref="MultipliesOnly{T}"/>.</summary>
    public double[] Gains { get; }

    public (double Lower, double Upper)? Bounds { get; }

    public override int Slots => Centers.Length;

    /// <summary>Whether values of a type are multiplied by gains: a division takes as long as reading the value.</summary>
    public bool MultipliesOnly<T>() => typeof(T) == typeof(float) && _hasGains;

    /// <summary>The inverse of the map without its bounds: what was clipped does not come back.</summary>
    public override AffineMap Inverse() => new(Offsets, Factors, Divisors, Centers);

    public override IEnumerable<NamedNumbers> Write() => [new("centers", Centers), new("divisors", Divisors), new("factors", Factors), new("offsets", Offsets)];

    /// <summary>Takes the numbers that <see cref="Write"/> gave.</summary>
    public static AffineMap Read(NumbersReader numbers) => new(numbers.Take("centers"), numbers.Take("divisors"), numbers.Take("factors"), numbers.Take("offsets"));

    public override string WriteOnnx(OnnxGraph graph, string value)
    {
        string scaled = graph.Divide(graph.Subtract(value, graph.Constant(Centers, Slots)), graph.Constant(Divisors, Slots));
        string result = graph.Add(graph.Multiply(scaled, graph.Constant(Factors, Slots)), graph.Constant(Offsets, Slots));
        if (Bounds is not { } bounds)
            return result;
        // Comparisons with NaN are false, so that NaN passes.
        string lower = graph.Constant(new[] { bounds.Lower }, 1), upper = graph.Constant(new[] { bounds.Upper }, 1);
        string notBelow = graph.Where(graph.Node("Less", [result, lower]), lower, result);
        return graph.Where(graph.Node("Greater", [notBelow, upper]), upper, notBelow);
    }

    protected override double Map(double value, int slot) => Clip((value - Centers[slot]) / Divisors[slot] * Factors[slot] + Offsets[slot]);

    protected override float Map(float value, int slot) =>
        (float)(MultipliesOnly<float>() ? Clip(Math.FusedMultiplyAdd(value - Centers[slot], Gains[slot], Offsets[slot])) : Map((double)value, slot));

    protected override int MapLeading(ReadOnlySpan<float> source, Span<float> destination) => AffineVectors.Apply(this, source, destination);

    protected override int MapLeading(ReadOnlySpan<double> source, Span<double> destination) => AffineVectors.Apply(this, source, destination);

    private double Clip(double result)
    {
        if (Bounds is not { } bounds)
            return result;
        return result < bounds.Lower ? bounds.Lower : result > bounds.Upper ? bounds.Upper : result;
    }
}
