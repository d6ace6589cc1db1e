namespace MLExtensions.Tuning.Dimensions;

/// <summary>A number between two ends, both of which it may have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, above the lower one.</param>
internal sealed record NumberDimension(string Name, double Low, double High) : Dimension(Name)
{
    /// <summary>Whether ratios count, and not differences; then both ends are above 0.</summary>
    public bool IsLog { get; init; }

    /// <summary>Whether it is a whole number.</summary>
    public bool IsInteger { get; init; }

    public override int? Count => IsInteger ? checked((int)(High - Low) + 1) : null;

    /// <summary>The scale at its lower end: whole numbers stand in the middle of cells of 1, so that each is as likely as it is wide.</summary>
    public double LowEdge => ToScale(IsInteger ? Low - 0.5 : Low);

    /// <summary>The scale at its upper end.</summary>
    public double HighEdge => ToScale(IsInteger ? High + 0.5 : High);

    public override string Description => Invariant($"{Name}: {(IsInteger ? "a whole number" : "a number")} from {Low:R} to {High:R}{(IsLog ? " by ratio" : "")}{When}");

    public double ToScale(double value) => IsLog ? Math.Log(value) : value;

    /// <summary>The value at a place of the scale; one beyond the ends is the nearest end.</summary>
    public double FromScale(double place)
    {
        double value = IsLog ? Math.Exp(place) : place;
        return Math.Clamp(IsInteger ? Math.Round(value) : value, Low, High);
    }

    public override double Draw(RandomStream random) => FromScale(LowEdge + (HighEdge - LowEdge) * random.NextUniform());

    public override IReadOnlyList<double> Spread(int most)
    {
        int count = Math.Min(most, Count ?? most);
        double low = ToScale(Low), high = ToScale(High);
        return count == 1
            ? [FromScale((low + high) / 2)]
            : [.. Enumerable.Range(0, count).Select(i => FromScale(low + (high - low) * i / (count - 1))).Distinct()];
    }

    public override double Place(double value) => (ToScale(value) - LowEdge) / (HighEdge - LowEdge);

    public override bool Has(double value) => value >= Low && value <= High && (!IsInteger || value == Math.Floor(value));

    public override string Text(double value) => IsInteger ? Invariant($"{value:F0}") : Invariant($"{value:G4}");
}
