namespace MLExtensions.Benchmarks.Speed;

/// <summary>What a value counts, how it is printed, and which of two values is the better one.</summary>
/// <param name="Text">The unit's symbol.</param>
/// <param name="Format">A .NET number format.</param>
/// <param name="LessIsBetter">Whether the smaller value wins.</param>
internal sealed record Unit(string Text, string Format, bool LessIsBetter = false)
{
    public static Unit RowsPerSecond { get; } = new("rows/s", "N0");

    public static Unit Nanoseconds { get; } = new("ns", "N0", LessIsBetter: true);

    public static Unit Milliseconds { get; } = new("ms", "N0", LessIsBetter: true);

    public static Unit Picoseconds { get; } = new("ps", "N1", LessIsBetter: true);

    public static Unit GigaflopsPerSecond { get; } = new("GFLOP/s", "N1");

    public static Unit Percent { get; } = new("%", "N1");

    public static Unit Times { get; } = new("x", "N2");

    public static Unit Bytes { get; } = new("bytes", "N0", LessIsBetter: true);

    public static Unit Megabytes { get; } = new("MB", "N1", LessIsBetter: true);

    public static Unit Count { get; } = new("", "N0");
}
