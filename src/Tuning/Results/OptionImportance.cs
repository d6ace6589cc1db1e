namespace MLExtensions.Tuning;

/// <summary>How much one thing that was searched matters.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">
/// The share of the variance of the objective over the space that it explains by itself, from 0 to 1; what all together leave of 1 is of several at once. Functional ANOVA over a random forest
/// that was fitted to the trials: Hutter, Hoos, Leyton-Brown 2014.
/// </param>
public sealed record OptionImportance(string Name, double Share);
