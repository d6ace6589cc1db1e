namespace MLExtensions.Trainers.TorchSharp.Rows;

/// <summary>The whole block on the device: a batch costs its row indices. On the CPU the block's own arrays are used.</summary>
/// <param name="data">The block.</param>
/// <param name="targetsAreClasses">Whether targets are class indices.</param>
/// <param name="capacity">The most rows of a batch.</param>
/// <param name="device">The device.</param>
internal sealed class ResidentRows(DataBlock data, bool targetsAreClasses, int capacity, torch.Device device)
    : TorchRows(data, targetsAreClasses, capacity, device, tensor => tensor.to(device))
{
    protected override Tensor MoveIndices(Tensor indices) => indices.SendTo(Device);

    protected override Tensor Select(Tensor source, Tensor indices) => source.index_select(0, indices);
}
