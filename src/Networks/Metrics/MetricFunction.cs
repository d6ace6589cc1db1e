namespace MLExtensions.Networks;

/// <summary>A metric of your own, for <see cref="CustomMetric"/>.</summary>
/// <param name="scores">
/// The scores, [rows x scores], as the column <c>Score</c> of the model has them: the logit of the positive class (binary), of each label (multilabel), the
/// probability of each class (multiclass), or each value or quantile in units of the label (regression).
/// </param>
/// <param name="labels">
/// The labels, [rows x labels]: 1 for the positive class and 0 for the other (binary), the index of the class in the order of the scores (multiclass), 0 or 1 for each label
/// (multilabel), or each value in its own units (regression). NaN where one of several is missing.
/// </param>
/// <param name="weights">The weight of each row, above 0: that of the column of example weights, or 1. Class weights are not in it.</param>
/// <returns>The metric, a finite number; anything else ends the training with an error.</returns>
public delegate double MetricFunction(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights);
