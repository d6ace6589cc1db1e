namespace MLExtensions.Trainers.TorchSharp.Rows;

/// <summary>
/// The block in the memory of the host: each batch is gathered into pinned memory and sent from there. The copy is queued behind
/// the steps before it while the host gathers the next batch; libtorch keeps pinned memory until its copy is done, then reuses it.
/// </summary>
/// <param name="data">The block.</param>
/// <param name="targetsAreClasses">Whether targets are class indices.</param>
/// <param name="capacity">The most rows of a batch.</param>
/// <param name="device">The device.</param>
internal sealed class StreamedRows(DataBlock data, bool targetsAreClasses, int capacity, torch.Device device)
    : TorchRows(data, targetsAreClasses, capacity, tensor => tensor)
{
    protected override Tensor MoveIndices(Tensor indices) => indices;

    protected override Tensor Select(Tensor source, Tensor indices)
    {
        var rows = source.index_select(0, indices);
        return device.type == DeviceType.CPU ? rows : rows.pin_memory().to(device, non_blocking: true);
    }
}
