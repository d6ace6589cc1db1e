namespace MLExtensions.Tool.Measures;

/// <summary>One number that says how good a model is.</summary>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Value">The number.</param>
/// <param name="Remark">What to hold it against; null for nothing.</param>
internal sealed record Measure(string Key, string Name, double Value, string? Remark = null);
