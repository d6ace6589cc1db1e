namespace MLExtensions.Trainers;

/// <summary>A value of a column at which predictions are made.</summary>
/// <param name="Text">The value as text, in the invariant culture.</param>
/// <param name="Number">The value as a number; null of a category. Of times their ticks.</param>
/// <param name="Rows">How many of the rows have it, where it is a category; else 0.</param>
public sealed record GridValue(string Text, double? Number, int Rows);
