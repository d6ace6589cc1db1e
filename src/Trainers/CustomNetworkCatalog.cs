using Microsoft.ML.Runtime;
using MLExtensions.Networks;
using MLExtensions.Pipeline;

namespace Microsoft.ML;

/// <summary>Tells a context the code of networks of the application's own, so that it can load models with them.</summary>
public static class CustomNetworkCatalog
{
    /// <summary>Registers the code of a network; one registered before under the same name is replaced.</summary>
    /// <param name="context">The context whose <c>Model.Load</c> is to find the code.</param>
    /// <param name="network">The code.</param>
    public static MLContext RegisterNetwork(this MLContext context, ICustomNetwork network)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(network);

        context.SetOption(OptionName(network.Kind, network.Name), network);
        return context;
    }

    /// <summary>The same description with the code that is registered for it; one without custom layer as it is.</summary>
    /// <exception cref="InvalidOperationException">No code is registered.</exception>
    /// <exception cref="FormatException">The code makes another network.</exception>
    internal static NetworkDescription FindCode(this NetworkDescription network, IHostEnvironment environment)
    {
        if (network.Layers is not [CustomLayer layer])
            return network;

        var code = HostEnvironments.OptionOf<ICustomNetwork>(environment, OptionName(layer.Kind, layer.Name))
            ?? throw environment.Process(new InvalidOperationException(
                $"The model's network '{layer.Name}' is code of the application, which no archive holds: register it before the model is loaded, " +
                $"with ml.Register{layer.Kind}Network(\"{layer.Name}\", ...) of MLExtensions.Trainers.{layer.Kind}, on the MLContext that loads."));
        code.Check(layer);
        return network with { Layers = [layer with { Code = code }] };
    }

    private static string OptionName(string kind, string name) => $"MLExtensions.Trainers.Network.{kind}.{name}";
}
