namespace Microsoft.ML;

/// <summary>What can be asked of a fitted chain, a fold's model or a model that was loaded, whatever stands around its network.</summary>
public static class TrainedModelCatalog
{
    /// <summary>Finds how the training of a model's network went.</summary>
    /// <param name="model">A chain with one network in it, or that itself.</param>
    /// <exception cref="InvalidOperationException">There is no network of this library in it, or there are several.</exception>
    public static TrainingHistory TrainingHistory(this ITransformer model) => NetworkOf(model).History;

    /// <summary>Describes a model's network in a table: its features and what is done to them, its layers, their sizes and parameters.</summary>
    /// <inheritdoc cref="TrainingHistory"/>
    public static string NetworkSummary(this ITransformer model) => NetworkOf(model).Summary();

    /// <summary>The one network of a model.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several.</exception>
    internal static ITrainedNetwork NetworkOf(ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);

        ITrainedNetwork[] found = [.. Parts(model).OfType<ITrainedNetwork>()];
        if (found.Length == 1)
            return found[0];
        throw new InvalidOperationException(found.Length == 0
            ? $"There is no network of a deep MLP trainer in the model, which is {string.Join(", ", Parts(model).Select(part => part.GetType().Name).DefaultIfEmpty("empty"))}. Give the model that Fit returned, or one that was loaded from its file."
            : $"There are {found.Length} networks in the model: {string.Join("; ", found.Select(network => network.Name))}. Take the part that you mean, as in chain.Last().");
    }

    /// <summary>The transformers of a model, in order; chains may hold chains.</summary>
    internal static IEnumerable<ITransformer> Parts(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [model];
}
