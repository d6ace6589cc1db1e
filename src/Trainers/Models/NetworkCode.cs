namespace MLExtensions.Trainers.Models;

/// <summary>The code of networks of an application's own, as a context knows it.</summary>
internal static class NetworkCode
{
    /// <summary>Makes code known to a context; what was known under the same name is replaced.</summary>
    public static void Register(MLContext context, ICustomNetwork network) => context.SetOption(OptionName(network.Kind, network.Name), network);

    /// <summary>The same description with the code that is registered for it; one without custom layer as it is.</summary>
    /// <exception cref="InvalidOperationException">No code is registered.</exception>
    /// <exception cref="FormatException">The code makes another network.</exception>
    public static NetworkDescription Find(NetworkDescription network, IHostEnvironment environment)
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
