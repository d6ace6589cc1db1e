namespace MLExtensions.Trainers;

/// <summary>A fitted deep MLP as a transformer: it adds the model's columns, computed row by row. Trainers and archives make it.</summary>
/// <typeparam name="TModel">The model of the task.</typeparam>
public abstract class DeepMlpTransformer<TModel> : RowToRowTransformer, ISingleFeaturePredictionTransformer<TModel>, ITrainedNetwork
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

    /// <summary>
    /// What an ensemble of folds says of its own training rows, each scored by the member that was not trained on it; null where there are no
    /// folds (<see cref="EnsembleOptions.Folds"/>), and in a model that was loaded: it is not saved.
    /// </summary>
    public OutOfFoldPredictions? OutOfFold { get; internal init; }

    /// <summary>The name of the feature column.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The type of the feature column: a vector of <c>Single</c>, of the model's size.</summary>
    public DataViewType FeatureColumnType => new VectorDataViewType(NumberDataViewType.Single, Model.FeatureCount);

    /// <summary>
    /// Adds the model's columns to the rows that it was trained on, by <see cref="OutOfFold"/> in place of the model: what ML.NET's
    /// evaluators then measure is as of new rows, and another model trained on the scores learns what they are worth. Rows that have no such
    /// prediction are left out, and so is the standard deviation of scores: a row is scored by one member.
    /// </summary>
    /// <param name="trainData">The rows that the model was trained on, in the same order; features are not read again.</param>
    /// <exception cref="InvalidOperationException">There are no out-of-fold predictions, or the data has another number of rows.</exception>
    public IDataView TransformOutOfFold(IDataView trainData)
    {
        ArgumentNullException.ThrowIfNull(trainData);

        var predictions = OutOfFold ?? throw new InvalidOperationException("The model has no out-of-fold predictions: train with Ensemble and its Folds and with an EarlyStopping that watches validation rows, set no " +
            "validation data beside, and use the transformer that Fit returns; they are not saved.");
        if (trainData.GetRowCount() is { } rows && rows != predictions.TrainingRows)
            throw new InvalidOperationException(OutOfFoldView.Misfit(predictions, Invariant($"{rows}")));
        return new OutOfFoldTransformer(predictions, schema => Columns(schema).Where(column => column is not ScoreColumn { IsOfMembers: true })).Transform(new OutOfFoldView(trainData, predictions));
    }

    /// <inheritdoc/>
    DeepMlpModelParameters ITrainedNetwork.Model => Model;

    string ITrainedNetwork.Name => $"{typeof(TModel).Name} of features '{FeatureColumnName}'";

    /// <inheritdoc/>
    string ITrainedNetwork.Summary() => Model.Summary();

    /// <inheritdoc/>
    protected override RowMapping Bind(DataViewSchema inputSchema)
    {
        var features = TrainingColumns.FindFeatures(inputSchema, FeatureColumnName, Model.FeatureCount);
        if (Model.Network.Layout is { } layout)
            FeatureLayout.Require(features, layout);
        Model.FeatureSlots?.Require(features, "feature", "the model");
        return new PredictionMapping([.. Columns(inputSchema)], [features], row => RowScorer.Of(Model, row, features))
        {
            ReadsAheadForScores = Model.ScoresBatches,
            WriteScores = columns => Model.WriteOnnx(columns.Graph, columns.ValueOf(features)),
        };
    }

    private IEnumerable<PredictionColumn> Columns(DataViewSchema inputSchema) => Model.Columns(ScoreAnnotations.NextSetId(inputSchema), inputSchema);

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) => Model.Write(writer, FeatureColumnName, History);
}
