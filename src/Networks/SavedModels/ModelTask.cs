namespace MLExtensions.Networks;

/// <summary>What a model tells of a row.</summary>
public enum ModelTask
{
    /// <summary>Which of two classes it is of: one score, the logit of the positive class.</summary>
    BinaryClassification,

    /// <summary>Which of several classes it is of: a probability for each.</summary>
    MulticlassClassification,

    /// <summary>Which of several labels are true: the logit of each.</summary>
    MultilabelClassification,

    /// <summary>A number, several, or quantiles of one, in units of the label.</summary>
    Regression,
}
