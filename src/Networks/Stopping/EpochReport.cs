using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>What one pass over the training rows gave.</summary>
/// <param name="Epoch">The number of the epoch, counted from 1.</param>
/// <param name="TrainingLoss">
/// The weighted mean loss of the training rows, each taken when its batch was trained on (dropout, noise and mixing on, before the update),
/// without penalties. Natural logarithms for classification; in units of the transformed label for regression.
/// </param>
/// <param name="ValidationLoss">The weighted mean loss of the validation rows after the epoch; null without such rows.</param>
/// <param name="ValidationMetric">
/// <see cref="EarlyStoppingOptions.Metric"/> of the validation rows, or else accuracy (classification) or root mean squared error in units of the label (regression; for
/// quantiles their pinball loss); null without such rows.
/// </param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="Seconds">The time since training began, in seconds.</param>
/// <param name="IsBest">Whether the epoch is the best so far.</param>
public sealed record EpochReport(int Epoch, double TrainingLoss, double? ValidationLoss, double? ValidationMetric,
    float LearningRate, double Seconds, bool IsBest)
{
    /// <summary>
    /// The loss of the training rows after the epoch, taken as <see cref="ValidationLoss"/> is (dropout, noise and mixing off) and so fit to be compared
    /// with it; null unless <see cref="MlpOptions.MeasureTraining"/> asks for it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MeasuredTrainingLoss { get; init; }

    /// <summary>
    /// The metric of the training rows after the epoch, to be compared with <see cref="ValidationMetric"/>; null unless <see cref="MlpOptions.MeasureTraining"/>
    /// asks for it, and where the rows give none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrainingMetric { get; init; }

    /// <summary>
    /// <see cref="TrainingLoss"/> in units of the label: root mean squared error for squared errors, mean absolute error for absolute ones, pinball
    /// loss for quantiles. Null for other losses, for classification, and where labels are several or their logarithm is trained on.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrainingError { get; init; }

    /// <summary><see cref="ValidationLoss"/> in units of the label, as <see cref="TrainingError"/> is. Scores are not clamped for it, other than for the metric.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationError { get; init; }

    /// <summary>What each layer was like after the epoch; null unless <see cref="MlpOptions.Diagnostics"/> asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LayerStatistics>? Layers { get; init; }

    /// <summary>The epoch in a line, such as <c>epoch 36: training loss 0.2954, validation loss 0.3164, metric 0.8571, learning rate 0.003, 4.1 s, best</c>.</summary>
    public override string ToString()
    {
        string validation = ValidationLoss is { } loss ? $", validation loss {NumberText.Of(loss)}" : "";
        string metric = ValidationMetric is { } value ? $", metric {NumberText.Of(value)}" : "";
        return Invariant($"epoch {Epoch}: training loss {NumberText.Of(TrainingLoss)}{validation}{metric}, learning rate {LearningRate:G4}, {NumberText.Time(TimeSpan.FromSeconds(Seconds))}{(IsBest ? ", best" : "")}");
    }
}
