namespace MLExtensions.Tool.Training;

/// <summary>Which of two values a binary model tells the probability of.</summary>
internal static class PositiveLabel
{
    private static readonly string[] s_yes = ["true", "yes", "y", "t", "positive", "pos"];

    /// <summary>The value: the one that was told, or the larger of two numbers, or one that says yes.</summary>
    /// <param name="values">The two values.</param>
    /// <param name="areNumbers">Whether they are numbers.</param>
    /// <param name="told">What the user says; null for nothing.</param>
    /// <returns>Null for the rarer one.</returns>
    /// <exception cref="ToolException">The one that was told is not among them.</exception>
    public static string? Of(IReadOnlyList<string> values, bool areNumbers, string? told)
    {
        if (told is not null)
        {
            string text = areNumbers ? CellText.Code(told) : told;
            return values.Contains(text) ? text : throw new ToolException($"--positive: the label has the values '{string.Join("' and '", values)}', and not '{told}'. Name one of them.");
        }
        if (areNumbers)
            return values.MaxBy(value => CellText.TryNumber(value, out double number) ? number : 0);
        return values.FirstOrDefault(value => s_yes.Contains(value, StringComparer.OrdinalIgnoreCase));
    }
}
