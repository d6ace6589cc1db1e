using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>How a training went, epoch by epoch.</summary>
/// <param name="Epochs">The epochs in order.</param>
/// <param name="BestEpoch">
/// The number of the epoch with the best monitored value, counted from 1; the last epoch where nothing is monitored, 0 where
/// no epoch was completed.
/// </param>
/// <param name="StopReason">Why training ended.</param>
/// <param name="MetricName">What <see cref="EpochReport.ValidationMetric"/> is: <c>accuracy</c>, <c>label accuracy</c>, <c>RMSE</c> or <c>pinball loss</c>.</param>
/// <param name="TrainingRows">The number of rows that were trained on.</param>
/// <param name="ValidationRows">The number of rows that were set aside or given for validation.</param>
/// <param name="Seed">The seed, for a training that gives the same weights again.</param>
/// <param name="Engine">The engine that trained, such as <c>managed, 2 threads</c>.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochReport> Epochs, int BestEpoch, StopReason StopReason, string MetricName,
    int TrainingRows, int ValidationRows, int Seed, string Engine)
{
    /// <summary>How probabilities were calibrated; null where <see cref="MlpOptions.CalibrateProbabilities"/> is off.</summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>How the trainings of the members of an ensemble went, in order; empty where there is one network.</summary>
    public IReadOnlyList<TrainingHistory> Members { get; init; } = [];

    /// <summary>
    /// How the second training went, on all rows, whose weights the model has; null where <see cref="MlpOptions.RefitOnAllRows"/> is off, or where there was none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrainingHistory? Refit { get; init; }
}
