using MLExtensions.Tuning;

namespace MLExtensions.Tool.Training;

/// <summary>Trains the models of one task: the encoder of the table, and the network behind it.</summary>
/// <typeparam name="TModel">The model of the task.</typeparam>
/// <param name="createTrainer">Makes the trainer of the task.</param>
internal sealed class TaskTraining<TModel>(Func<MLContext, DeepMlpOptions, DeepMlpTrainer<TModel>> createTrainer) : ITaskTraining
    where TModel : DeepMlpModelParameters
{
    /// <inheritdoc/>
    public ITransformer Fit(MLContext ml, TableDescription table, DeepMlpOptions options, IDataView train, IDataView? validation)
    {
        var pipeline = PipelineOf(ml, table, options);
        return validation is null ? pipeline.Fit(train) : pipeline.FitWithValidation(train, validation);
    }

    /// <inheritdoc/>
    public SearchedModel Search(MLContext ml, TableDescription table, DeepMlpOptions options, TuningOptions search, IDataView train)
    {
        var result = ml.Tune(PipelineOf(ml, table, options), search).Run(train);
        return new(result.Model, result.Leaderboard, result.Best, (result.Options with { CancellationToken = default }).ToCSharp());
    }

    private EstimatorChain<DeepMlpTransformer<TModel>> PipelineOf(MLContext ml, TableDescription table, DeepMlpOptions options)
    {
        string features = FreeName("Features", table);
        var encoding = new TableEncodingOptions
        {
            Categories = [.. table.Features.Where(column => column.Kind is ColumnKind.Code or ColumnKind.Text).Select(column => column.Name)],
            // Cells say what is missing; of those that are there, none stands for it.
            MissingTexts = [],
        };
        return ml.Transforms.EncodeTable(features, encoding, [.. table.Features.Select(column => column.Name)])
            .Append(createTrainer(ml, options with { FeatureColumnName = features }));
    }

    // A column of the table may have the name.
    private static string FreeName(string name, TableDescription table)
    {
        while (name == table.Label || table.Columns.Any(column => column.Name == name))
            name += "_";
        return name;
    }
}
