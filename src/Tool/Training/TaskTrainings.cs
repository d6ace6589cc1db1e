namespace MLExtensions.Tool.Training;

/// <summary>The trainings of all tasks.</summary>
internal static class TaskTrainings
{
    // What a model calls its own columns: a label of that name would be hidden by them.
    private static readonly string[] s_scores = ["Score", "Probability", "PredictedLabel"];

    /// <summary>The training of a task.</summary>
    /// <exception cref="ToolException">The label has a name that a model needs for itself.</exception>
    public static ITaskTraining Of(TableDescription table)
    {
        RequireName(table);
        return table.Task switch
        {
            TableTask.Binary => new TaskTraining<DeepMlpBinaryModelParameters>((ml, options) => ml.BinaryClassification.Trainers.DeepMlp(options)),
            TableTask.Multiclass => new TaskTraining<DeepMlpMulticlassModelParameters>((ml, options) => ml.MulticlassClassification.Trainers.DeepMlp(options)),
            _ => new TaskTraining<DeepMlpRegressionModelParameters>((ml, options) => ml.Regression.Trainers.DeepMlp(options)),
        };
    }

    /// <summary>Refuses a label that a model's own columns would hide.</summary>
    /// <exception cref="ToolException">It has the name of one.</exception>
    public static void RequireName(TableDescription table)
    {
        if (s_scores.Contains(table.Label))
            throw new ToolException($"The label is named '{table.Label}', as a column of every model is: rename it in the first line, as in '{table.Label}Label'.");
    }
}
