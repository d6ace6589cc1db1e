namespace MLExtensions.Benchmarks.Speed;

/// <summary>A named value that stands beside a measurement.</summary>
internal sealed record Quantity(string Name, double Value, Unit Unit)
{
    /// <summary>The heading of a column of such values, and their key in JSON.</summary>
    public string Heading => Unit.Text.Length == 0 ? Name : $"{Name} ({Unit.Text})";
}
