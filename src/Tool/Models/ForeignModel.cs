namespace MLExtensions.Tool.Models;

/// <summary>Models that an application saved: what their table is follows from the schema that it saved with them.</summary>
internal static class ForeignModel
{
    /// <summary>Describes the table of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="schema">The schema of its input; null where none was saved.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <exception cref="ToolException">It has no deep MLP, or columns that a CSV file cannot have.</exception>
    public static TableDescription TableOf(ITransformer model, DataViewSchema? schema, string path)
    {
        var (task, history) = NetworkOf(model, path);
        if (schema is null || schema.Count == 0)
            throw new ToolException($"'{path}' was saved without the schema of its input: save it with ml.Model.SaveSafely(model, data.Schema, path).");

        string label = history.Options.FirstOrDefault(option => option.Name == "LabelColumnName")?.Value.Trim('"') ?? "Label";
        DataViewSchema.Column[] columns = [.. schema.Where(column => column.Name != label && !column.IsHidden)];
        return new TableDescription
        {
            Label = label,
            LabelPlace = schema.GetColumnOrNull(label)?.Index ?? columns.Length,
            LabelIsNumber = schema.GetColumnOrNull(label)?.Type is NumberDataViewType,
            Task = task,
            Columns = [.. columns.Select(column => new FileColumn(column.Name, KindOf(column, path)))],
            Rows = history.TrainingRows + history.ValidationRows,
        };
    }

    private static (TableTask Task, TrainingHistory History) NetworkOf(ITransformer model, string path)
    {
        foreach (var part in ToolModel.Parts(model))
        {
            switch (part)
            {
                case DeepMlpTransformer<DeepMlpBinaryModelParameters> binary:
                    return (TableTask.Binary, binary.History);
                case DeepMlpTransformer<DeepMlpMulticlassModelParameters> multiclass:
                    return (TableTask.Multiclass, multiclass.History);
                case DeepMlpTransformer<DeepMlpRegressionModelParameters> { Model.ScoreCount: 1 } regression:
                    return (TableTask.Regression, regression.History);
            }
        }
        throw new ToolException($"'{path}' is a model of ML.NET without a deep MLP for one label (binary, multiclass or regression of one number): expected one that mlextensions train or DeepMlp trained.");
    }

    private static ColumnKind KindOf(DataViewSchema.Column column, string path) => column.Type switch
    {
        NumberDataViewType type when type == NumberDataViewType.Single => ColumnKind.Number,
        TextDataViewType => ColumnKind.Text,
        DateTimeDataViewType => ColumnKind.Date,
        var type => throw new ToolException($"'{path}' takes column '{column.Name}' of type {type}: this tool gives single values of Single, String and DateTime. Predict in C# with ml.Model.Load, or train with mlextensions train."),
    };
}
