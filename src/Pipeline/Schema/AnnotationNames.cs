namespace MLExtensions.Pipeline;

/// <summary>The names of the annotations that ML.NET's own components write and read.</summary>
public static class AnnotationNames
{
    /// <summary>The names of the items of a vector: a vector of text of the same size.</summary>
    public const string SlotNames = "SlotNames";

    /// <summary>The original values of a key column.</summary>
    public const string KeyValues = "KeyValues";

    /// <summary>True for features that are scaled already.</summary>
    public const string IsNormalized = "IsNormalized";

    /// <summary>A number that the score columns of one model share.</summary>
    public const string ScoreColumnSetId = "ScoreColumnSetId";

    /// <summary>The task of a score column, one of ML.NET's texts such as <c>Regression</c>.</summary>
    public const string ScoreColumnKind = "ScoreColumnKind";

    /// <summary>What a score column holds: <c>Score</c>, <c>Probability</c> or <c>PredictedLabel</c>.</summary>
    public const string ScoreValueKind = "ScoreValueKind";

    /// <summary>The values of the label behind the items of a multiclass score.</summary>
    public const string TrainingLabelValues = "TrainingLabelValues";
}
