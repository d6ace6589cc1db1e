namespace MLExtensions.Networks;

/// <summary>What one pass over the training rows gave.</summary>
/// <param name="Epoch">The number of the epoch, counted from 1.</param>
/// <param name="TrainingLoss">
/// The weighted mean loss of the training rows, each taken when its batch was trained on (dropout, noise and mixing on, before the update),
/// without penalties. Natural logarithms for classification; in units of the transformed label for regression.
/// </param>
/// <param name="ValidationLoss">The weighted mean loss of the validation rows after the epoch; null without such rows.</param>
/// <param name="ValidationMetric">
/// Accuracy (classification) or root mean squared error in units of the label (regression; for quantiles their pinball loss) of the
/// validation rows; null without such rows.
/// </param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="Seconds">The time since training began, in seconds.</param>
/// <param name="IsBest">Whether the epoch is the best so far.</param>
public sealed record EpochReport(int Epoch, double TrainingLoss, double? ValidationLoss, double? ValidationMetric,
    float LearningRate, double Seconds, bool IsBest);
