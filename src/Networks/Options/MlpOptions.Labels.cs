namespace MLExtensions.Networks;

/// <content>The options of labels, their weights, and scores.</content>
public partial record MlpOptions
{
    /// <summary>
    /// What training minimizes; null, the default, for cross-entropy (classification) or the squared error (regression). A loss that
    /// does not fit the task is refused when the trainer is made.
    /// </summary>
    public Loss? Loss { get; init; }

    /// <summary>
    /// What a regression is trained on in place of the label; scores are mapped back. Null, the default, standardizes, or divides by
    /// the mean for a loss with a log link (Poisson, gamma, Tweedie). Not for classification.
    /// </summary>
    public LabelTransform? LabelTransform { get; init; }

    /// <summary>
    /// A factor on the weight of the rows of each class, at least 0 and finite, above 0 for two or more: in the order of the classes, which the model's
    /// <c>ClassNames</c> tell (multiclass: of the keys, or ascending values; binary: the negative one first). With several labels of a row a factor on the loss of each where it is true, as PyTorch's
    /// <c>pos_weight</c>. None by default; not for regression.
    /// </summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>
    /// Whether classes count alike however many rows they have: the factor of a class is n / (classes x its rows), of training
    /// rows by weight; with several labels that of each is its false rows over its true ones. False by default; excludes <see cref="ClassWeights"/>; not for regression.
    /// </summary>
    public bool BalanceClasses { get; init; }

    /// <summary>
    /// Whether a regression score is kept within the range of the training labels, per output; true by default. A network
    /// extrapolates without bounds, so that one extreme row can outweigh all others in a squared error. Turn it off where
    /// scores beyond the labels seen are wanted. Ignored for classification.
    /// </summary>
    public bool ClampScores { get; init; } = true;

    /// <summary>
    /// Whether the probabilities of a classification are calibrated: after training one temperature T is fitted to the validation
    /// rows, by which logits are divided, so that their cross-entropy is least; few rows move it less. Predictions stay as they are, the history tells the
    /// gain (<see cref="TrainingHistory.Calibration"/>). An <see cref="Ensemble"/> takes the rows that each member was not trained on, and of the
    /// temperature that fits a member its square root, since the mean of members is less sure of itself; where all validate on the same rows, as
    /// on those given to <c>Fit</c>, that of the mean itself. False by default; needs validation rows; not for regression.
    /// </summary>
    public bool CalibrateProbabilities { get; init; }

    private IEnumerable<string> CheckLoss(LossTasks task)
    {
        string[] messages = [.. Loss?.Validate().Select(message => $"Loss.{message}") ?? []];
        if (messages.Length == 0 && Loss is { } loss && !loss.Tasks.HasFlag(task))
            messages = [$"Loss {loss.GetType().Name} does not fit {LossTaskNames.Of(task)}: use {Loss.NamesFor(task)}"];
        foreach (string message in messages)
            yield return message;

        if (CalibrateProbabilities && task == LossTasks.Regression)
            yield return "CalibrateProbabilities is for classification: a regression has no probabilities (presets for classification calibrate: make them for LossTasks.Regression)";
        if (StratifiedBatches && task is (LossTasks.Regression or LossTasks.MultilabelClassification))
            yield return $"StratifiedBatches is for binary and multiclass classification: {LossTaskNames.Of(task)} has no classes";

        if (LabelTransform is not { } transform)
            yield break;
        if (!Enum.IsDefined(transform))
            yield return $"LabelTransform must be one of {string.Join(", ", Enum.GetNames<LabelTransform>())}, got {transform}";
        else if (task != LossTasks.Regression)
            yield return "LabelTransform is for regression alone; leave it unset";
        else if (messages.Length == 0 && Loss is { HasLogLink: true } && transform is not (Networks.LabelTransform.None or Networks.LabelTransform.DivideByMean))
            yield return $"LabelTransform {transform} does not fit {Loss.GetType().Name}, whose scores are exponentials already: use DivideByMean or None";
        else if (messages.Length == 0 && Loss is not { HasLogLink: true } && transform == Networks.LabelTransform.DivideByMean)
            yield return "LabelTransform DivideByMean is for losses with a log link (PoissonLoss, GammaLoss, TweedieLoss): use Standardize";
    }

    private IEnumerable<string> CheckLabels(LossTasks task)
    {
        if ((ClassWeights is not null || BalanceClasses) && task == LossTasks.Regression)
        {
            yield return "ClassWeights and BalanceClasses are for classification: regression has no classes";
            yield break;
        }
        if ((ClassWeights is not null || BalanceClasses) && task == LossTasks.MultilabelClassification && Loss is CustomLoss)
            yield return "ClassWeights and BalanceClasses must be unset with a CustomLoss, which gives one loss for all labels of a row: weigh labels in it";
        if (ClassWeights is not { } weights)
            yield break;

        if (BalanceClasses)
            yield return "ClassWeights and BalanceClasses exclude one another";
        foreach (string message in weights.Select((weight, index) => NotNegative(weight, $"ClassWeights[{index}]")).OfType<string>())
            yield return message;
        if (task != LossTasks.MultilabelClassification && weights.Count(weight => !(weight <= 0)) < 2)
            yield return Invariant($"ClassWeights must be above 0 for at least two classes, or there is nothing to tell apart, got [{string.Join(", ", weights.Select(weight => Invariant($"{weight}")))}]");
    }
}
