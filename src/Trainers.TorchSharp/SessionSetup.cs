using MLExtensions.Networks;
using TorchSharp;

namespace MLExtensions.Trainers.TorchSharp;

/// <summary>What a session is opened with.</summary>
/// <param name="Network">The network.</param>
/// <param name="Data">The rows.</param>
/// <param name="Settings">Loss, optimizer and the rest.</param>
/// <param name="Device">A device that is there.</param>
/// <param name="Precision">The precision of matrix products.</param>
/// <param name="ResidentBytes">The most bytes of data that are kept on a GPU.</param>
internal sealed record SessionSetup(NetworkDescription Network, DataBlock Data, EngineSettings Settings, Device Device,
    MatrixPrecision Precision, long ResidentBytes)
{
    /// <summary>The device as TorchSharp names it.</summary>
    public torch.Device TorchDevice { get; } = Device.CudaIndex is { } index ? torch.device(DeviceType.CUDA, index) : torch.CPU;

    /// <summary>A new module where the network is code of the application; else null.</summary>
    public TorchModule? CreateModule() => Network.Layers switch
    {
        [CustomLayer { Code: TorchSharpNetwork code } layer] => code.Create(new NetworkInput(layer.Inputs, layer.Outputs)),
        [CustomLayer layer] => throw new NotSupportedException($"The TorchSharp engine has no code for the network '{layer.Name}' of kind {layer.Kind}."),
        _ => null,
    };
}
