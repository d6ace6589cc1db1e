namespace MLExtensions.Tuning;

/// <summary>
/// A measure of your own over scored rows: <c>new ViewMetric("profit", HigherIsBetter: true, scored => ...)</c>. It sees all columns of the rows that a trial is measured on, those that the model
/// adds among them, so that it can look at more than scores and labels. Trials call it side by side, so that it must be thread-safe.
/// </summary>
/// <param name="Name">Its name, for leaderboards and the store.</param>
/// <param name="HigherIsBetter">Whether a higher value is better.</param>
/// <param name="Function">What computes it. NaN, or an exception, makes the trial a failed one.</param>
public sealed record ViewMetric(string Name, bool HigherIsBetter, Func<IDataView, double> Function);
