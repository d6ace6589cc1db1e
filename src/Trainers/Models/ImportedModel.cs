namespace MLExtensions.Trainers.Models;

/// <summary>A network from PyTorch as a fitted model.</summary>
internal static class ImportedModel
{
    /// <summary>Loads a file as a model of a task.</summary>
    /// <param name="environment">The environment, whose log is told of what is left out.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">The options.</param>
    /// <param name="task">The task.</param>
    /// <param name="createModel">Makes the model of the task.</param>
    /// <exception cref="FormatException">The file cannot be loaded; the message tells why.</exception>
    public static DeepMlpTransformer<TModel> Load<TModel>(IHostEnvironment environment, string path, PyTorchOptions? options, LossTasks task, Func<ImportedSequential, TModel> createModel)
        where TModel : DeepMlpModelParameters
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new PyTorchOptions();
        options.Validate(task);

        var host = environment.Register("LoadPyTorch");
        using var channel = host.Start("Loading");
        try
        {
            var imported = ImportedSequential.Open(path, options, task);
            foreach (string module in imported.Read.LeftOut)
                channel.Warning(MessageSensitivity.Schema, "{0}", $"{module} does nothing in scoring and has no layer of the same effect in training: it is left out.");
            var model = createModel(imported);
            model.FeatureSlots = imported.FeatureSlots();
            // No epoch of it is known.
            var history = new TrainingHistory([], 0, StopReason.AllEpochs, "", 0, 0, 0, "PyTorch");
            return new ChainPredictor<TModel>(model, options.FeatureColumnName, history);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"Cannot load '{path}' as a network for {LossTaskNames.Of(task)}: {exception.Message}.", exception);
        }
    }
}
