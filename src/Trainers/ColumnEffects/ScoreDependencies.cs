namespace MLExtensions.Trainers.ColumnEffects;

/// <summary>Which columns of the input of a model its predictions are made of.</summary>
internal static class ScoreDependencies
{
    private static readonly string[] s_predictions = ["Score", "Probability", "PredictedLabel"];

    /// <summary>The names of the columns; null where the model does not tell.</summary>
    public static IReadOnlyList<string>? Of(ITransformer model, DataViewSchema schema)
    {
        if (!model.IsRowToRowMapper)
            return null;

        var mapper = model.GetRowToRowMapper(schema);
        var predictions = mapper.OutputSchema.Where(column => !column.IsHidden && s_predictions.Contains(column.Name));
        var names = mapper.GetDependencies(predictions).Select(column => column.Name).Distinct().ToList();
        return names.Count > 0 ? names : null;
    }
}
