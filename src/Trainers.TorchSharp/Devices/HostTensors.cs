namespace MLExtensions.Trainers.TorchSharp.Devices;

/// <summary>Sends what the host has prepared for a step to where the step is computed.</summary>
internal static class HostTensors
{
    /// <summary>
    /// A tensor of the host's memory on a device; itself on the CPU. To a GPU it goes from pinned memory: that copy is queued behind the
    /// steps before it, where for one from other memory the host would wait until those are done. libtorch keeps pinned memory until its
    /// copy is done, then reuses it. What is made belongs to the present dispose scope.
    /// </summary>
    public static Tensor SendTo(this Tensor tensor, torch.Device device) => device.type switch
    {
        DeviceType.CPU => tensor,
        DeviceType.CUDA => tensor.pin_memory().to(device, non_blocking: true),
        _ => tensor.to(device),
    };
}
