namespace MLExtensions.Trainers.TorchSharp.Rows;

/// <summary>
/// The block in the memory of the host: each batch is gathered there and sent, while the device computes the steps before it.
/// </summary>
/// <param name="data">The block.</param>
/// <param name="targetsAreClasses">Whether targets are class indices.</param>
/// <param name="capacity">The most rows of a batch.</param>
/// <param name="device">The device.</param>
internal sealed class StreamedRows(DataBlock data, bool targetsAreClasses, int capacity, torch.Device device)
    : TorchRows(data, targetsAreClasses, capacity, device, tensor => tensor)
{
    protected override Tensor MoveIndices(Tensor indices) => indices;

    protected override Tensor Select(Tensor source, Tensor indices) => source.index_select(0, indices).SendTo(Device);
}
