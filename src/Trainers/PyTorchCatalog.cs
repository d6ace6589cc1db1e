namespace Microsoft.ML;

/// <summary>
/// Loads networks that were trained in PyTorch: a <c>torch.nn.Sequential</c> whose state dict is in a file of the safetensors format. What comes out is a model as trainers make it, which scores, is saved, explained,
/// and trained on (<c>trainer.Fit(rows, model)</c> with <see cref="DeepMlpOptions.WithNetworkOf"/>). Tensors of type F64, F16 and BF16 become single precision.
/// </summary>
public static class PyTorchCatalog
{
    /// <summary>
    /// Loads a network that tells two classes apart. It gives one logit, or a probability by a sigmoid at its end; or two values for the two classes, with or without softmax.
    /// </summary>
    /// <param name="catalog">The catalog of the task.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not tell.</param>
    /// <exception cref="ArgumentException">Options are outside their range; the message lists all that are.</exception>
    /// <exception cref="FormatException">The file, its modules or tensors are not as they should be; the message names what is not.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DeepMlpTransformer<DeepMlpBinaryModelParameters> LoadPyTorch(this BinaryClassificationCatalog catalog, string path, PyTorchOptions? options = null) =>
        ImportedModel.Load(HostEnvironments.Of(catalog), path, options, LossTasks.BinaryClassification, BinaryTask.Import);

    /// <summary>Loads a network that tells several classes apart. It gives a value for each class, with or without softmax at its end.</summary>
    /// <inheritdoc cref="LoadPyTorch(BinaryClassificationCatalog, string, PyTorchOptions)"/>
    public static DeepMlpTransformer<DeepMlpMulticlassModelParameters> LoadPyTorch(this MulticlassClassificationCatalog catalog, string path, PyTorchOptions? options = null) =>
        ImportedModel.Load(HostEnvironments.Of(catalog), path, options, LossTasks.MulticlassClassification, MulticlassTask.Import);

    /// <summary>Loads a network that predicts one or several real values; with several, <c>Score</c> is a vector. A <c>Hardtanh</c> at its end gives the limits of scores.</summary>
    /// <inheritdoc cref="LoadPyTorch(BinaryClassificationCatalog, string, PyTorchOptions)"/>
    public static DeepMlpTransformer<DeepMlpRegressionModelParameters> LoadPyTorch(this RegressionCatalog catalog, string path, PyTorchOptions? options = null) =>
        ImportedModel.Load(HostEnvironments.Of(catalog), path, options, LossTasks.Regression, RegressionTask.Import);

    /// <summary>Loads a network that tells which of several labels are true. It gives a logit for each, or a probability by a sigmoid at its end.</summary>
    /// <inheritdoc cref="LoadPyTorch(BinaryClassificationCatalog, string, PyTorchOptions)"/>
    public static DeepMlpTransformer<DeepMlpMultilabelModelParameters> LoadPyTorch(this MultilabelClassificationCatalog catalog, string path, PyTorchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);

        return ImportedModel.Load(catalog.Environment, path, options, LossTasks.MultilabelClassification, MultilabelTask.Import);
    }
}
