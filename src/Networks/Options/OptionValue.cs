namespace MLExtensions.Networks;

/// <summary>An option of a training, as text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsDefault">Whether that is what a new record of options has.</param>
public sealed record OptionValue(string Name, string Value, bool IsDefault);
