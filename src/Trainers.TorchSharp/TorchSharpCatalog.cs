using Device = MLExtensions.Trainers.Device;

namespace Microsoft.ML;

/// <summary>Chooses libtorch for the trainers of a context, and makes networks written with TorchSharp known to it.</summary>
public static class TorchSharpCatalog
{
    /// <summary>
    /// Lets every deep multilayer perceptron of this context be trained on libtorch from the next <c>Fit</c> on, but for trainers
    /// whose <see cref="MlpOptions.Engine"/> is set.
    /// </summary>
    /// <param name="context">The context; its <c>GpuDeviceId</c> and <c>FallbackToCpu</c> are looked at in each <c>Fit</c>.</param>
    /// <param name="device">Where to compute; <see cref="Device.Auto"/> by default.</param>
    /// <exception cref="InvalidOperationException">TorchSharp's native library is missing or of another version.</exception>
    public static MLContext UseTorchSharp(this MLContext context, Device? device = null) =>
        context.UseEngine(new TorchSharpEngine(device ?? Device.Auto));

    /// <summary>Makes a network of the application's own known to a context, so that it loads models with that network.</summary>
    /// <param name="context">The context that loads.</param>
    /// <param name="name">The name under which the network was trained.</param>
    /// <param name="factory">Makes a new module, with the tensors of the one that was trained, at each call.</param>
    public static MLContext RegisterTorchSharpNetwork(this MLContext context, string name, Func<NetworkInput, torch.nn.Module<torch.Tensor, torch.Tensor>> factory) =>
        context.RegisterNetwork(new TorchSharpNetwork(name, factory));

    /// <inheritdoc cref="RegisterTorchSharpNetwork(MLContext, string, Func{NetworkInput, torch.nn.Module{torch.Tensor, torch.Tensor}})"/>
    /// <param name="context">The context that loads.</param>
    /// <param name="network">The network.</param>
    public static MLContext RegisterTorchSharpNetwork(this MLContext context, TorchSharpNetwork network) => context.RegisterNetwork(network);
}
