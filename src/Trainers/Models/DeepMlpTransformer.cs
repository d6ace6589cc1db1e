namespace MLExtensions.Trainers;

/// <summary>A fitted deep MLP as a transformer: it adds the model's columns, computed row by row. Trainers and archives make it.</summary>
/// <typeparam name="TModel">The model of the task.</typeparam>
public abstract class DeepMlpTransformer<TModel> : RowToRowTransformer, ISingleFeaturePredictionTransformer<TModel>
    where TModel : DeepMlpModelParameters
{
    private protected DeepMlpTransformer(TModel model, string featureColumnName, TrainingHistory history)
    {
        Model = model;
        FeatureColumnName = featureColumnName;
        History = history;
    }

    /// <summary>The fitted network.</summary>
    public TModel Model { get; }

    /// <summary>How the training went; saved with the model.</summary>
    public TrainingHistory History { get; }

    /// <summary>The name of the feature column.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The type of the feature column: a vector of <c>Single</c>, of the model's size.</summary>
    public DataViewType FeatureColumnType => new VectorDataViewType(NumberDataViewType.Single, Model.FeatureCount);

    /// <inheritdoc/>
    protected override RowMapping Bind(DataViewSchema inputSchema)
    {
        var features = TrainingColumns.FindFeatures(inputSchema, FeatureColumnName, Model.FeatureCount);
        if (Model.Network.Layout is { } layout)
            FeatureLayout.Require(features, layout);
        Model.FeatureSlots?.Require(features, "feature", "the model");
        return new PredictionMapping(Model, features, [.. Model.CreateColumns(ScoreAnnotations.NextSetId(inputSchema), inputSchema)]);
    }

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) => Model.Write(writer, FeatureColumnName, History);
}
