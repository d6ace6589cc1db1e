namespace Microsoft.ML;

/// <summary>
/// Multilabel classification: several labels, any number of which can be true of a row. ML.NET has no catalog for it; this one has the
/// shape of its others.
/// </summary>
public sealed class MultilabelClassificationCatalog
{
    private readonly IHostEnvironment _environment;

    internal MultilabelClassificationCatalog(IHostEnvironment environment)
    {
        _environment = environment;
        Trainers = new MultilabelClassificationTrainers(environment);
    }

    /// <summary>The environment of the context.</summary>
    internal IHostEnvironment Environment => _environment;

    /// <summary>The trainers of the task.</summary>
    public MultilabelClassificationTrainers Trainers { get; }

    /// <summary>Measures predictions.</summary>
    /// <param name="data">Scored rows.</param>
    /// <param name="labelColumnName">The label: <c>Vector&lt;Boolean&gt;</c>, or <c>Vector&lt;Single&gt;</c> of 0 and 1; NaN is left out.</param>
    /// <param name="scoreColumnName">The scores, by which labels are ranked: <c>Vector&lt;Single&gt;</c> of the same size.</param>
    /// <param name="predictedLabelColumnName">The prediction: <c>Vector&lt;Boolean&gt;</c> of the same size.</param>
    /// <param name="exampleWeightColumnName">The column with the weight of each row, or null.</param>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public MultilabelClassificationMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel", string? exampleWeightColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(data);

        return MultilabelScores.Evaluate(data, labelColumnName, scoreColumnName, predictedLabelColumnName, exampleWeightColumnName);
    }

    /// <summary>Fits an estimator to the rows outside of each fold and measures it on those inside, with ML.NET's own folds.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="estimator">The estimator, which adds columns <c>Score</c> and <c>PredictedLabel</c>.</param>
    /// <param name="numberOfFolds">The number of folds, at least 2.</param>
    /// <param name="labelColumnName">The label: <c>Vector&lt;Boolean&gt;</c>, or <c>Vector&lt;Single&gt;</c> of 0 and 1.</param>
    /// <param name="samplingKeyColumnName">A column of which equal values stay in one fold, or null.</param>
    /// <param name="seed">The seed of the folds; null for that of the context.</param>
    /// <param name="exampleWeightColumnName">The column with the weight of each row, or null.</param>
    /// <inheritdoc cref="Evaluate"/>
    public IReadOnlyList<TrainCatalogBase.CrossValidationResult<MultilabelClassificationMetrics>> CrossValidate(IDataView data,
        IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null, int? seed = null,
        string? exampleWeightColumnName = null) =>
        CrossValidation<MultilabelClassificationMetrics>.Run(_environment, data, estimator, numberOfFolds, samplingKeyColumnName, seed,
            shape => MultilabelScores.CheckLabel(shape, labelColumnName),
            scored => MultilabelScores.Evaluate(scored, labelColumnName, "Score", "PredictedLabel", exampleWeightColumnName));

    /// <summary>The trainers of multilabel classification.</summary>
    public sealed class MultilabelClassificationTrainers
    {
        private readonly IHostEnvironment _environment;

        internal MultilabelClassificationTrainers(IHostEnvironment environment) => _environment = environment;

        /// <summary>Makes a trainer that tells which labels are true; see <see cref="DeepMlpMultilabelTrainer"/> for columns and types.</summary>
        /// <param name="options">All that can be chosen.</param>
        /// <exception cref="ArgumentException">Options are outside their range; the message lists all that are.</exception>
        public DeepMlpMultilabelTrainer DeepMlp(DeepMlpOptions options) => new(_environment, options);

        /// <summary>Makes a trainer that tells which labels are true; see <see cref="DeepMlpMultilabelTrainer"/> for columns and types.</summary>
        /// <inheritdoc cref="MlpCatalog.DeepMlp(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?, int[], int?, float?)"/>
        public DeepMlpMultilabelTrainer DeepMlp(string labelColumnName = "Label", string featureColumnName = "Features",
            string? exampleWeightColumnName = null, int[]? hiddenLayers = null, int? numberOfEpochs = null, float? learningRate = null) =>
            DeepMlp(MlpCatalog.Options(labelColumnName, featureColumnName, exampleWeightColumnName, hiddenLayers, numberOfEpochs, learningRate));
    }
}

/// <summary>Puts multilabel classification beside ML.NET's tasks.</summary>
public static class MultilabelContext
{
    extension(MLContext context)
    {
        /// <summary>Trainers and metrics of multilabel classification.</summary>
        public MultilabelClassificationCatalog MultilabelClassification
        {
            get
            {
                ArgumentNullException.ThrowIfNull(context);

                return new MultilabelClassificationCatalog(context);
            }
        }
    }
}
