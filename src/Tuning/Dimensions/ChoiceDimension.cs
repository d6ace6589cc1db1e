namespace MLExtensions.Tuning.Dimensions;

/// <summary>One of several alternatives, in no order.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">The names of the alternatives, at least one.</param>
internal sealed record ChoiceDimension(string Name, IReadOnlyList<string> Labels) : Dimension(Name)
{
    public override int? Count => Labels.Count;

    public override string Description => $"{Name}: one of {string.Join(", ", Labels)}{When}";

    public override double Draw(RandomStream random) => random.NextIndex(Labels.Count);

    public override IReadOnlyList<double> Spread(int most) => [.. Enumerable.Range(0, Labels.Count).Select(place => (double)place)];

    /// <summary>The middle of the alternative's share, so that all have the same.</summary>
    public override double Place(double value) => (value + 0.5) / Labels.Count;

    public override bool Has(double value) => value >= 0 && value < Labels.Count && value == Math.Floor(value);

    public override string Text(double value) => Labels[(int)value];
}
