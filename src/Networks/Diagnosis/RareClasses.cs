namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// Classes of under 5 % of the rows, and of under half of the even share where there are many classes, that nothing balances: a network
/// does well by never predicting them.
/// </summary>
internal sealed class RareClasses : IFinding
{
    private const double Rare = 0.05;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.Task is not (LossTasks.BinaryClassification or LossTasks.MulticlassClassification) || training.Options is { BalanceClasses: true } or { ClassWeights: not null }
            || training.Options.Loss is FocalLoss or CustomLoss)
        {
            return null;
        }

        var rows = training.Plan.Split.Training;
        var classes = rows.CountBy(row => (int)training.Data.Targets[row]).ToList();
        var (rarest, count) = classes.OrderBy(group => group.Value).ThenBy(group => group.Key).First();
        double limit = Math.Min(Rare, 0.5 / classes.Count);
        int rare = classes.Count(group => group.Value < limit * rows.Length);
        if (rare == 0)
            return null;

        string others = rare > 1 ? Invariant($" ({rare} classes are under {100 * limit:0.##} %)") : "";
        return new(Invariant($"class {training.ClassName(rarest)} is {count} of {Plural.Of(rows.Length, "training row")}, {100.0 * count / rows.Length:0.##} %{others}: the model may hardly ever predict it."),
            "Try BalanceClasses or ClassWeights, and look at the confusion matrix rather than at the accuracy.");
    }
}
