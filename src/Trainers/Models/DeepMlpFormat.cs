using System.Text.Json.Serialization;

namespace MLExtensions.Trainers.Models;

/// <summary>
/// How deep MLPs stand in a model archive: a description as JSON, and the network's parameters as F32 tensors under the names of
/// <see cref="ParameterLayout"/>. Each task adds its own part.
/// </summary>
internal static class DeepMlpFormat
{
    private const string FeatureNames = "features.name_hashes";

    // Of its own a task has four doubles at most: regression.
    private const int TaskBytesPerOutput = 64;

    /// <summary>Writes a model.</summary>
    /// <param name="writer">The writer of the component.</param>
    /// <param name="loader">The name of the task's loader.</param>
    /// <param name="model">The model.</param>
    /// <param name="description">All of it but the tensors.</param>
    /// <param name="added">Tensors of the task.</param>
    public static void Write<TDescription>(ComponentWriter writer, string loader, DeepMlpModelParameters model, TDescription description, params Tensor[] added)
        where TDescription : ModelDescription
    {
        var weights = model.Weights;
        writer.Write(FormatOf(loader), description with { FeatureNames = model.FeatureSlots?.Describe(), Spread = model.Spread },
            [.. weights.Layout.Tensors.Select(tensor => new Tensor(tensor.Name, tensor.Shape, weights[tensor].ToArray())), .. added,
                .. model.FeatureSlots?.ToTensors(FeatureNames) ?? []]);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="environment">The first argument of a loader's <c>Create</c>.</param>
    /// <param name="context">The second argument of a loader's <c>Create</c>.</param>
    /// <param name="loader">The name of the task's loader.</param>
    /// <param name="createModel">Checks the task's part and makes the model.</param>
    public static DeepMlpTransformer<TModel> Read<TDescription, TModel>(IHostEnvironment environment, object context, string loader,
        Func<TDescription, NetworkWeights, TensorSet, TModel> createModel)
        where TDescription : ModelDescription
        where TModel : DeepMlpModelParameters
    {
        var reader = new ComponentReader(environment, context, FormatOf(loader));
        return reader.Read<TDescription, DeepMlpTransformer<TModel>>(
            (description, tensors) =>
            {
                var weights = ArchivedWeights.Read(description.Network, tensors);
                var complete = description with { Network = NetworkCode.Find(description.Network, environment) };
                var model = createModel(complete, weights, tensors);
                model.FeatureSlots = SlotNames.Read(description.FeatureNames, tensors, FeatureNames, model.FeatureCount);
                model.Spread = description.Spread;
                return new ChainPredictor<TModel>(model, description.FeatureColumn, description.History);
            },
            description =>
            {
                Check(description);
                var network = description.Network;
                return sizeof(float) * ((long)new ParameterLayout(network).Length + network.Inputs) + TaskBytesPerOutput * (long)network.Outputs;
            });
    }

    /// <summary>A temperature that probabilities can have.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static float RequireTemperature(float temperature) => temperature > 0 && float.IsFinite(temperature)
        ? temperature
        : throw new FormatException(Invariant($"a temperature of {temperature} is impossible"));

    /// <summary>Throws unless the network gives one number.</summary>
    /// <exception cref="FormatException">It gives more.</exception>
    public static void RequireOneOutput(NetworkDescription network)
    {
        if (network.Outputs != 1)
            throw new FormatException($"a network of {network.Outputs} outputs does not fit a score of one number");
    }

    /// <summary>The kind of component that a loader reads.</summary>
    public static ComponentFormat FormatOf(string loader) => new(loader, Version: 1, typeof(DeepMlpFormat).Assembly);

    private static void Check(ModelDescription description)
    {
        if (description.FeatureColumn.Length == 0)
            throw new FormatException("the name of the feature column is empty");
        NetworkChecks.Check(description.Network);
        description.Spread?.Check(description.Network);

        Check(description.History);
        foreach (var member in description.History.Members.Concat(description.History.LeftOut))
            Check(member ?? throw new FormatException("the history of a member is null"));
    }

    private static void Check(TrainingHistory history)
    {
        if (history.Epochs.Contains(null!))
            throw new FormatException("an epoch of the history is null");
        if (history.Options.Contains(null!))
            throw new FormatException("an option of the history is null");
        if (history.Refit is { } refit)
            Check(refit);
        if (!Enum.IsDefined(history.StopReason))
            throw new FormatException($"the reason {history.StopReason} to stop is unknown");
        if (history.BestEpoch < 0 || history.BestEpoch > history.Epochs.Count || history.TrainingRows < 0 || history.ValidationRows < 0)
        {
            throw new FormatException($"a history of {Plural.Of(history.Epochs.Count, "epoch")}, the best of which is {history.BestEpoch}, over {history.TrainingRows} " +
                $"training and {history.ValidationRows} validation rows is impossible");
        }
    }
}

/// <summary>What an archive says of every model beside its tensors.</summary>
/// <param name="FeatureColumn">The name of the feature column.</param>
/// <param name="Network">The layers.</param>
/// <param name="History">How the training went.</param>
internal abstract record ModelDescription(string FeatureColumn, NetworkDescription Network, TrainingHistory History)
{
    /// <summary>The names of the features; null where they have none, as in archives of before they were kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SlotNamesDescription? FeatureNames { get; init; }

    /// <summary>How the spread of scores is measured; null for not at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpreadPart? Spread { get; init; }
}
