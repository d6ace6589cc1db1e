namespace MLExtensions.Networks.Losses;

/// <summary>What messages call tasks, and the losses that they offer.</summary>
internal static class LossNames
{
    /// <summary>The name of a task.</summary>
    public static string Of(LossTasks task) => task switch
    {
        LossTasks.BinaryClassification => "binary classification",
        LossTasks.MulticlassClassification => "multiclass classification",
        LossTasks.MultilabelClassification => "multilabel classification",
        _ => "regression",
    };

    /// <summary>The losses that can train a task.</summary>
    public static string LossesFor(LossTasks task) => task switch
    {
        LossTasks.BinaryClassification or LossTasks.MultilabelClassification => "CrossEntropyLoss, FocalLoss or a CustomLoss for it",
        LossTasks.MulticlassClassification => "CrossEntropyLoss, FocalLoss without Alpha (ClassWeights weigh classes) or a CustomLoss for it",
        _ => "SquaredErrorLoss, AbsoluteErrorLoss, HuberLoss, LogCoshLoss, QuantileLoss, PoissonLoss, GammaLoss, TweedieLoss or a CustomLoss for it",
    };
}
