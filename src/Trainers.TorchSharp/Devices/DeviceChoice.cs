namespace MLExtensions.Trainers.TorchSharp.Devices;

/// <summary>A device that is there, and the one that it stands in for.</summary>
/// <param name="Device">The CPU or a GPU.</param>
/// <param name="Missing">The GPU that was asked for and is not there, or null.</param>
internal sealed record DeviceChoice(Device Device, Device? Missing)
{
    /// <summary>Chooses a device.</summary>
    /// <param name="wanted">What the engine was made for.</param>
    /// <param name="preference">The settings of the <c>MLContext</c>.</param>
    /// <param name="countGpus">Counts the GPUs that libtorch can use; asked only where it matters.</param>
    /// <exception cref="InvalidOperationException">The GPU that was asked for is not there, and nothing allows the CPU in its place.</exception>
    public static DeviceChoice Make(Device wanted, DevicePreference preference, Func<int> countGpus)
    {
        if (wanted is { IsAuto: false, CudaIndex: null })
            return new DeviceChoice(wanted, null);

        int gpus = countGpus();
        if (wanted.IsAuto && preference.GpuDeviceId is null)
            return new DeviceChoice(gpus > 0 ? Device.Cuda(0) : Device.Cpu, null);

        int index = wanted.CudaIndex ?? preference.GpuDeviceId!.Value;
        if (index >= 0 && index < gpus)
            return new DeviceChoice(Device.Cuda(index), null);
        return preference.FallbackToCpu && index >= 0
            ? new DeviceChoice(Device.Cpu, Device.Cuda(index))
            : throw new InvalidOperationException(NoGpu(index, gpus));
    }

    /// <inheritdoc/>
    public override string ToString() => Missing is null ? Device.ToString() : $"{Device} in place of {Missing}, which is not there";

    private static string NoGpu(int index, int gpus) =>
        $"Looked for CUDA device {index}, and libtorch finds {(gpus == 0 ? "no GPU" : gpus == 1 ? "device 0 alone" : $"devices 0 to {gpus - 1}")}. " +
        $"For an NVIDIA GPU add the package {NativeLibrary.CudaPackage} {NativeLibrary.Version} to the application in place of TorchSharp-cpu, " +
        "and check with nvidia-smi that its driver is there; or set MLContext.FallbackToCpu, or use Device.Cpu.";
}
