using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>How a training went, epoch by epoch.</summary>
/// <param name="Epochs">The epochs in order.</param>
/// <param name="BestEpoch">
/// The number of the epoch with the best monitored value, counted from 1; the last epoch where nothing is monitored, 0 where
/// no epoch was completed.
/// </param>
/// <param name="StopReason">Why training ended.</param>
/// <param name="MetricName">What <see cref="EpochReport.ValidationMetric"/> is, such as <c>accuracy</c>, <c>AUC</c> or <c>RMSE</c>: the name of <see cref="EarlyStoppingOptions.Metric"/> or of the task's.</param>
/// <param name="TrainingRows">The number of rows that were trained on.</param>
/// <param name="ValidationRows">The number of rows that were set aside or given for validation.</param>
/// <param name="Seed">The seed, for a training that gives the same weights again.</param>
/// <param name="Engine">The engine that trained, such as <c>managed, 2 threads</c>.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochReport> Epochs, int BestEpoch, StopReason StopReason, string MetricName,
    int TrainingRows, int ValidationRows, int Seed, string Engine)
{
    /// <summary>How probabilities were calibrated; null where <see cref="MlpOptions.CalibrateProbabilities"/> is off.</summary>
    public CalibrationReport? Calibration { get; init; }

    // What reads JSON without reflection gives null for what is missing.

    /// <summary>How the trainings of the members of an ensemble went, in order; empty where there is one network.</summary>
    public IReadOnlyList<TrainingHistory> Members { get; init => field = value ?? []; } = [];

    /// <summary>How the trainings of members went that are not part of the mean, since it is better without their kind (<see cref="EnsembleOptions.SelectsKinds"/>), in order; empty where there are none.</summary>
    public IReadOnlyList<TrainingHistory> LeftOut { get; init => field = value ?? []; } = [];

    /// <summary>All options of the training as text; empty in archives of before they were kept.</summary>
    public IReadOnlyList<OptionValue> Options { get; init => field = value ?? []; } = [];

    /// <summary>What trained: the versions of this library and of .NET, and the kind of machine; empty in archives of before it was kept.</summary>
    public string Software { get; init => field = value ?? ""; } = "";

    /// <summary>
    /// How the second training went, on all rows, whose weights the model has; null where <see cref="MlpOptions.RefitOnAllRows"/> is off, or where there was none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrainingHistory? Refit { get; init; }

    /// <summary>
    /// The history as comma-separated values: a line of names, then one for each epoch of each training that the model is of (<see cref="LeftOut"/> is in the JSON alone). Columns: <c>member</c> (counted from 1), <c>refit</c> (1 for
    /// the second training on all rows), <c>epoch</c>, <c>training_loss</c>, <c>measured_training_loss</c>, <c>validation_loss</c>, <c>training_metric</c>,
    /// <c>validation_metric</c>, <c>training_error</c>, <c>validation_error</c>, <c>learning_rate</c>, <c>seconds</c>, <c>is_best</c> (of those so far); empty where there is none. Behind them, with
    /// <see cref="MlpOptions.Diagnostics"/>, one for each measure of each layer, such as <c>gradient_norm_0_linear</c>: see <see cref="LayerStatistics"/>.
    /// </summary>
    /// <param name="writer">Receives the text.</param>
    public void ToCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);

        HistoryCsv.Write(this, writer);
    }

    /// <inheritdoc cref="ToCsv(TextWriter)"/>
    /// <param name="path">The file, which is replaced.</param>
    public void ToCsv(string path) => FileReplacement.Write(path, ToCsv);

    /// <summary>The history as JSON, members and second trainings in their places; <see cref="FromJson"/> reads it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, HistoryJson.Default.TrainingHistory);

    /// <inheritdoc cref="ToJson()"/>
    /// <param name="path">The file, which is replaced.</param>
    public void ToJson(string path) => FileReplacement.Write(path, writer => writer.Write(ToJson()));

    /// <summary>Reads what <see cref="ToJson()"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="JsonException">It is no history.</exception>
    public static TrainingHistory FromJson(string json) =>
        JsonSerializer.Deserialize(json, HistoryJson.Default.TrainingHistory) ?? throw new JsonException("The text is null: expected a history.");

    /// <summary>A short table: the first epochs, the best, the last ones, and a line of summary.</summary>
    public override string ToString() => HistoryText.Of(this);
}
