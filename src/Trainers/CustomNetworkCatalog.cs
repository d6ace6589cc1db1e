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

        NetworkCode.Register(context, network);
        return context;
    }
}
