namespace MLExtensions.Trainers.Training;

/// <summary>What a row takes in memory besides its features, by what a training reads and does.</summary>
internal static class RowMemoryCosts
{
    private const int Index = sizeof(int);

    /// <summary>The bytes of a row.</summary>
    /// <param name="columns">The columns that are read.</param>
    /// <param name="options">The options.</param>
    /// <param name="task">The task.</param>
    public static RowCosts Of(TrainingColumns columns, DeepMlpOptions options, LossTasks task)
    {
        bool hasClasses = task is LossTasks.BinaryClassification or LossTasks.MulticlassClassification;
        int labels = sizeof(float) * columns.Label.TargetCount;
        int read = labels + (columns.Weight is null ? 0 : sizeof(float)) + (columns.Keys is null ? 0 : Index) + (options.MissingLabels == MissingLabels.Refuse ? 0 : sizeof(long));
        // Labels of a regression are scaled, and weights of rows multiplied by those of their classes, into arrays of their own.
        int made = (task == LossTasks.Regression ? labels : 0) + (hasClasses && (options.BalanceClasses || options.ClassWeights is not null) ? sizeof(float) : 0);
        // Each member of an ensemble has a split; all of them beside the first one, and the union of all.
        int splits = Index * ((options.Ensemble is { Members: var members } ? 2 + members : 1) + (options.RefitOnAllRows ? 1 : 0));
        // The rows, those of each side, and, of classes and groups, those of each.
        int setAside = Index * (hasClasses || columns.Keys is not null ? 3 : 2);
        return new RowCosts(Training: read + made + splits, Splitting: read + Math.Max(setAside, splits));
    }
}
