namespace MLExtensions.Trainers;

/// <summary>What makes scores of a regression intervals: see <see cref="PredictionIntervalOptions"/>.</summary>
/// <param name="Coverage">The probability with which the label of a new row lies in the interval.</param>
/// <param name="Margins">
/// What is added on both sides of a score, for each label: in its units, or those of its logarithm with <see cref="LabelTransform.Log"/> and
/// <see cref="LabelTransform.LogOnePlus"/>. To outer quantiles it is added, and may be below 0.
/// </param>
/// <param name="HeldOutRows">The number of rows whose errors it follows from.</param>
public sealed record PredictionInterval(double Coverage, IReadOnlyList<double> Margins, int HeldOutRows)
{
    /// <summary>Checks what was read from an archive.</summary>
    /// <exception cref="FormatException">It does not fit the labels.</exception>
    internal void Check(int labels)
    {
        if (!(Coverage > 0 && Coverage < 1) || Margins?.Count != labels || !Margins.All(double.IsFinite) || HeldOutRows < 1)
            throw new FormatException(Invariant($"an interval of coverage {Coverage}, {Margins?.Count} margins and {HeldOutRows} rows does not fit {Plural.Of(labels, "label")}"));
    }
}
