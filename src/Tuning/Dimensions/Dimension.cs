namespace MLExtensions.Tuning.Dimensions;

/// <summary>One thing that a search chooses. A value is a number: of a choice, the place of the alternative.</summary>
/// <param name="Name">Its name, of which no other dimension is.</param>
internal abstract record Dimension(string Name)
{
    /// <summary>When it is there at all; null for always.</summary>
    public Condition? Condition { get; init; }

    /// <summary>How many values it has; null where they are too many to count.</summary>
    public abstract int? Count { get; }

    /// <summary>A value drawn uniformly, on the scale of the dimension.</summary>
    public abstract double Draw(RandomStream random);

    /// <summary>Values spread evenly over the scale, both ends among them.</summary>
    /// <param name="most">How many at most, at least 1; of alternatives there are all.</param>
    public abstract IReadOnlyList<double> Spread(int most);

    /// <summary>The place of a value on the scale, from 0 to 1.</summary>
    public abstract double Place(double value);

    /// <summary>Whether a value is one of the dimension.</summary>
    public abstract bool Has(double value);

    /// <summary>A value in words.</summary>
    public abstract string Text(double value);

    /// <summary>All that tells the dimension from others, for the fingerprint of a space.</summary>
    public abstract string Description { get; }

    /// <summary>The condition in words; empty where there is none.</summary>
    protected string When => Condition is { } condition ? $" when {condition.Choice} is {string.Join(" or ", condition.Labels)}" : "";
}

/// <summary>A choice elsewhere that makes a dimension appear.</summary>
/// <param name="Choice">The name of the choice.</param>
/// <param name="Labels">The alternatives of it under which the dimension is there.</param>
/// <param name="Places">Their places.</param>
internal sealed record Condition(string Choice, IReadOnlyList<string> Labels, IReadOnlyList<int> Places);
