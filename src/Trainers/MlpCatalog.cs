namespace Microsoft.ML;

/// <summary>Adds deep multilayer perceptrons to the trainers of ML.NET's catalogs.</summary>
public static class MlpCatalog
{
    /// <summary>Makes a trainer that tells two classes apart; see <see cref="DeepMlpBinaryTrainer"/> for columns and types.</summary>
    /// <param name="catalog">The trainers of the task, such as <c>ml.BinaryClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">The name of the label column.</param>
    /// <param name="featureColumnName">The name of the feature column.</param>
    /// <param name="exampleWeightColumnName">The name of the column with the weight of each row, or null.</param>
    /// <param name="hiddenLayers">The units of each hidden layer; null for the default of <see cref="MlpOptions.HiddenLayers"/>.</param>
    /// <param name="numberOfEpochs">The most passes over the training rows; null for the default of <see cref="MlpOptions.NumberOfEpochs"/>.</param>
    /// <param name="learningRate">The learning rate of Adam; null for the default of <see cref="AdamOptions"/>.</param>
    /// <exception cref="ArgumentException">An argument is outside its range; the message lists all that are.</exception>
    public static DeepMlpBinaryTrainer DeepMlp(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
        int[]? hiddenLayers = null, int? numberOfEpochs = null, float? learningRate = null) =>
        catalog.DeepMlp(Options(labelColumnName, featureColumnName, exampleWeightColumnName, hiddenLayers, numberOfEpochs, learningRate));

    /// <summary>Makes a trainer that tells two classes apart; see <see cref="DeepMlpBinaryTrainer"/> for columns and types.</summary>
    /// <param name="catalog">The trainers of the task, such as <c>ml.BinaryClassification.Trainers</c>.</param>
    /// <param name="options">All that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are outside their range; the message lists all that are.</exception>
    public static DeepMlpBinaryTrainer DeepMlp(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, DeepMlpOptions options) =>
        new(HostEnvironments.Of(catalog), options);

    /// <summary>Makes a trainer that tells several classes apart; see <see cref="DeepMlpMulticlassTrainer"/> for columns and types.</summary>
    /// <inheritdoc cref="DeepMlp(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?, int[], int?, float?)"/>
    public static DeepMlpMulticlassTrainer DeepMlp(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
        int[]? hiddenLayers = null, int? numberOfEpochs = null, float? learningRate = null) =>
        catalog.DeepMlp(Options(labelColumnName, featureColumnName, exampleWeightColumnName, hiddenLayers, numberOfEpochs, learningRate));

    /// <summary>Makes a trainer that tells several classes apart; see <see cref="DeepMlpMulticlassTrainer"/> for columns and types.</summary>
    /// <inheritdoc cref="DeepMlp(BinaryClassificationCatalog.BinaryClassificationTrainers, DeepMlpOptions)"/>
    public static DeepMlpMulticlassTrainer DeepMlp(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, DeepMlpOptions options) =>
        new(HostEnvironments.Of(catalog), options);

    /// <summary>Makes a trainer that predicts real values; see <see cref="DeepMlpRegressionTrainer"/> for columns and types.</summary>
    /// <inheritdoc cref="DeepMlp(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string?, int[], int?, float?)"/>
    public static DeepMlpRegressionTrainer DeepMlp(this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
        int[]? hiddenLayers = null, int? numberOfEpochs = null, float? learningRate = null) =>
        catalog.DeepMlp(Options(labelColumnName, featureColumnName, exampleWeightColumnName, hiddenLayers, numberOfEpochs, learningRate));

    /// <summary>Makes a trainer that predicts real values; see <see cref="DeepMlpRegressionTrainer"/> for columns and types.</summary>
    /// <inheritdoc cref="DeepMlp(BinaryClassificationCatalog.BinaryClassificationTrainers, DeepMlpOptions)"/>
    public static DeepMlpRegressionTrainer DeepMlp(this RegressionCatalog.RegressionTrainers catalog, DeepMlpOptions options) =>
        new(HostEnvironments.Of(catalog), options);

    internal static DeepMlpOptions Options(string labelColumnName, string featureColumnName, string? exampleWeightColumnName,
        int[]? hiddenLayers, int? numberOfEpochs, float? learningRate)
    {
        var defaults = new DeepMlpOptions();
        return defaults with
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            HiddenLayers = hiddenLayers ?? defaults.HiddenLayers,
            NumberOfEpochs = numberOfEpochs ?? defaults.NumberOfEpochs,
            Optimizer = learningRate is { } rate ? defaults.Optimizer with { LearningRate = rate } : defaults.Optimizer,
        };
    }
}
