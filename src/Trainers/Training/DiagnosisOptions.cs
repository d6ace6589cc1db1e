namespace MLExtensions.Trainers;

/// <summary>What a diagnosis goes by.</summary>
public sealed record DiagnosisOptions
{
    /// <summary>Validation rows of their own, as <c>Fit</c> takes them; null, the default, where some of the training rows are set aside.</summary>
    public IDataView? ValidationData { get; init; }

    /// <summary>
    /// The error of a human in the task, or of the best that is known, against which bias is measured: 1 less the accuracy, or the root mean squared error in units of the
    /// label (of quantiles the pinball loss). At least 0 and finite; null, the default, where it is not known.
    /// </summary>
    public double? HumanError { get; init; }

    internal void Validate()
    {
        if (HumanError is { } error && !(error >= 0 && double.IsFinite(error)))
            throw new ArgumentException(Invariant($"HumanError must be at least 0 and finite, got {error}."), "options");
    }
}
