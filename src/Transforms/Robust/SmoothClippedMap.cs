namespace MLExtensions.Transforms.Robust;

/// <summary>
/// Per slot <c>z = (x - center) * factor</c>, then <c>y = z / sqrt(1 + (z / limit)^2)</c>: nearly <c>z</c> near zero, and never beyond the limit.
/// </summary>
/// <remarks>
/// The smooth clipping of RealMLP (D. Holzmüller, L. Grinsztajn and I. Steinwart, "Better by default", 2024, arXiv 2407.04491). A factor of
/// zero maps everything to zero, and zero back to the centre.
/// </remarks>
internal sealed class SmoothClippedMap(double[] centers, double[] factors, double limit) : CurvedMap
{
    public override int Slots => centers.Length;

    public override NumbersDescription? Describe() => new(MapKind.SmoothClipped);

    public override IEnumerable<NamedNumbers> Write() => [new("centers", centers), new("factors", factors), new("limit", [limit])];

    /// <summary>Takes the numbers that <see cref="Write"/> gave.</summary>
    public static SmoothClippedMap Read(NumbersReader numbers) => new(numbers.Take("centers"), numbers.Take("factors"), numbers.TakePositive("limit", 1)[0]);

    public override string WriteOnnx(OnnxGraph graph, string value)
    {
        string z = graph.Multiply(graph.Subtract(value, graph.Constant(centers, Slots)), graph.Constant(factors, Slots));
        string share = graph.Divide(z, graph.Constant(new[] { limit }, 1));
        return graph.Divide(z, graph.Node("Sqrt", [graph.Add(graph.Constant(new[] { 1.0 }, 1), graph.Multiply(share, share))]));
    }

    public override double MapBack(double value, int slot)
    {
        // The limit is reached by rounding alone: what came near it may have been anything large.
        double share = value / limit;
        double z = Math.Abs(share) >= 1 ? Math.CopySign(double.PositiveInfinity, value) : value / Math.Sqrt((1 - share) * (1 + share));
        if (factors[slot] == 0)
            return double.IsNaN(value) ? value : centers[slot];
        return z / factors[slot] + centers[slot];
    }

    protected override double Map(double value, int slot)
    {
        // Before the product: a distance that overflows, times zero, is not a number.
        if (factors[slot] == 0)
            return double.IsNaN(value) ? value : 0;

        double z = (value - centers[slot]) * factors[slot];
        double share = z / limit;

        // Squares of large numbers overflow, and infinity over infinity is not a number.
        return Math.Abs(share) > 1 ? Math.CopySign(limit, z) / Math.Sqrt(1 + 1 / (share * share)) : z / Math.Sqrt(1 + share * share);
    }
}
