namespace MLExtensions.Networks;

/// <summary>The value of an epoch that early stopping watches.</summary>
public enum MonitoredValue
{
    /// <summary>The loss on the validation rows; lower is better.</summary>
    ValidationLoss,

    /// <summary>
    /// The metric on the validation rows: accuracy for classification (higher is better), root mean squared error in units of
    /// the label for regression, pinball loss for quantiles (lower is better).
    /// </summary>
    ValidationMetric,

    /// <summary>The loss on the training rows, as seen while they were trained on; needs no validation rows. Lower is better.</summary>
    TrainingLoss,
}
