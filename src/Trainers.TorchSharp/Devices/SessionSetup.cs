namespace MLExtensions.Trainers.TorchSharp.Devices;

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
    /// <summary>The number of threads on the CPU; 0 for what suits the steps.</summary>
    public int Threads { get; init; }

    /// <summary>The device as TorchSharp names it.</summary>
    public torch.Device TorchDevice { get; } = Device.CudaIndex is { } index ? torch.device(DeviceType.CUDA, index) : torch.CPU;
}
