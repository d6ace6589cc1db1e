namespace Microsoft.ML;

/// <summary>
/// Multilabel classification: several labels, any number of which can be true of a row. ML.NET has no catalog for it; this one has the
/// shape of its others.
/// </summary>
public sealed class MultilabelClassificationCatalog
{
    internal MultilabelClassificationCatalog(IHostEnvironment environment) => Trainers = new MultilabelClassificationTrainers(environment);

    /// <summary>The trainers of the task.</summary>
    public MultilabelClassificationTrainers Trainers { get; }

    /// <summary>Measures predictions.</summary>
    /// <param name="data">Scored rows.</param>
    /// <param name="labelColumnName">The label: <c>Vector&lt;Boolean&gt;</c>, or <c>Vector&lt;Single&gt;</c> of 0 and 1.</param>
    /// <param name="predictedLabelColumnName">The prediction: <c>Vector&lt;Boolean&gt;</c> of the same size.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public MultilabelClassificationMetrics Evaluate(IDataView data, string labelColumnName = "Label", string predictedLabelColumnName = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(data);

        return MultilabelCounter.Count(data, labelColumnName, predictedLabelColumnName);
    }

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
