namespace MLExtensions.Trainers;

/// <summary>Where a <see cref="TorchSharpEngine"/> computes.</summary>
public sealed record Device
{
    private Device(int? cudaIndex, bool isAuto) => (CudaIndex, IsAuto) = (cudaIndex, isAuto);

    /// <summary>
    /// The GPU of <c>MLContext.GpuDeviceId</c> where the context names one, as ML.NET's own deep learning trainers have it; else the
    /// first GPU, or the CPU where there is none.
    /// </summary>
    public static Device Auto { get; } = new(null, isAuto: true);

    /// <summary>The CPU, whatever the context says.</summary>
    public static Device Cpu { get; } = new(null, isAuto: false);

    /// <summary>The index of the GPU, or null where this is no GPU.</summary>
    public int? CudaIndex { get; }

    /// <summary>Whether this is <see cref="Auto"/>.</summary>
    public bool IsAuto { get; }

    /// <summary>An NVIDIA GPU. Where it is not there, <c>MLContext.FallbackToCpu</c> decides between the CPU and an error.</summary>
    /// <param name="index">The index of the GPU, at least 0, as <c>nvidia-smi</c> counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static Device Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);

        return new Device(index, isAuto: false);
    }

    /// <summary>The name for logs, such as <c>CUDA device 0</c>.</summary>
    public override string ToString() => IsAuto ? "auto" : CudaIndex is { } index ? $"CUDA device {index}" : "CPU";
}
