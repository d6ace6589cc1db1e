using MLExtensions.Trainers;

namespace Microsoft.ML;

/// <summary>Chooses libtorch for the trainers of a context.</summary>
public static class TorchSharpCatalog
{
    /// <summary>
    /// Lets every deep multilayer perceptron of this context be trained on libtorch from the next <c>Fit</c> on, but for trainers
    /// whose <see cref="DeepMlpOptions.Engine"/> is set.
    /// </summary>
    /// <param name="context">The context; its <c>GpuDeviceId</c> and <c>FallbackToCpu</c> are looked at in each <c>Fit</c>.</param>
    /// <param name="device">Where to compute; <see cref="Device.Auto"/> by default.</param>
    /// <exception cref="InvalidOperationException">TorchSharp's native library is missing or of another version.</exception>
    public static MLContext UseTorchSharp(this MLContext context, Device? device = null) =>
        context.UseEngine(new TorchSharpEngine(device ?? Device.Auto));
}
