namespace MLExtensions.Networks.Checks;

/// <summary>The ranges that many options share.</summary>
internal static class OptionRules
{
    /// <summary>Whether a value is at least 0 and below 1, as a dropout rate or a decay.</summary>
    public static bool IsRate(float value) => value >= 0 && value < 1;

    /// <summary>Whether a value is at least 0 and finite.</summary>
    public static bool IsPenalty(float value) => value >= 0 && float.IsFinite(value);

    /// <summary>Whether a value is above 0 and finite.</summary>
    public static bool IsPositive(float value) => value > 0 && float.IsFinite(value);
}
