namespace MLExtensions.Networks;

/// <summary>The tasks that a loss can train.</summary>
[Flags]
public enum LossTasks
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Two classes: one output, the logit of true; the target is 0 or 1.</summary>
    BinaryClassification = 1,

    /// <summary>Several classes: one logit for each; the target is the index of the class.</summary>
    MulticlassClassification = 2,

    /// <summary>Real values: one output for each; the targets are what <see cref="MlpOptions.LabelTransform"/> makes of the labels.</summary>
    Regression = 4,

    /// <summary>Several labels, each true or false: one output for each, the logit of true; the targets are 0 or 1.</summary>
    MultilabelClassification = 8,
}

/// <summary>What messages call tasks.</summary>
internal static class LossTaskNames
{
    /// <summary>The name of a task.</summary>
    public static string Of(LossTasks task) => task switch
    {
        LossTasks.BinaryClassification => "binary classification",
        LossTasks.MulticlassClassification => "multiclass classification",
        LossTasks.MultilabelClassification => "multilabel classification",
        _ => "regression",
    };
}
