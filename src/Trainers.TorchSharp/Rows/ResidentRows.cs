namespace MLExtensions.Trainers.TorchSharp.Rows;

/// <summary>The whole block on the device: a batch costs its row indices. On the CPU the block's own arrays are used.</summary>
/// <param name="data">The block.</param>
/// <param name="targetsAreClasses">Whether targets are class indices.</param>
/// <param name="capacity">The most rows of a batch.</param>
/// <param name="device">The device.</param>
internal sealed class ResidentRows(DataBlock data, bool targetsAreClasses, int capacity, torch.Device device)
    : TorchRows(data, targetsAreClasses, capacity, tensor => tensor.to(device))
{
    // From pinned memory the copy is queued behind the steps before it; from other memory the host would wait for those.
    protected override Tensor MoveIndices(Tensor indices) =>
        device.type == DeviceType.CPU ? indices : indices.pin_memory().to(device, non_blocking: true);

    protected override Tensor Select(Tensor source, Tensor indices) => source.index_select(0, indices);
}
