namespace MLExtensions.Networks.Checks;

/// <summary>The ranges that many options share: each gives a message that names the option, or null where its value is in the range or not set.</summary>
internal static class OptionRules
{
    /// <summary>The messages among the results of some rules.</summary>
    public static IEnumerable<string> Failures(params string?[] messages) => messages.OfType<string>();

    /// <summary>At least 0 and below 1, as a dropout rate or a decay.</summary>
    public static string? Rate(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && value < 1 ? null : Invariant($"{name} must be at least 0 and below 1, got {value}");

    /// <summary>Above 0 and below 1.</summary>
    public static string? Share(float? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is null or (> 0 and < 1) ? null : Invariant($"{name} must be above 0 and below 1, got {value}");

    /// <summary>At least 0 and finite.</summary>
    public static string? NotNegative(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && float.IsFinite(value) ? null : Invariant($"{name} must be at least 0 and finite, got {value}");

    /// <summary>Above 0 and finite.</summary>
    public static string? Positive(float? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is null or (> 0 and < float.PositiveInfinity) ? null : Invariant($"{name} must be positive and finite, got {value}");

    /// <summary>A number of things.</summary>
    public static string? AtLeast(int least, int? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is null || value >= least ? null : Invariant($"{name} must be at least {least}, got {value}");
}
