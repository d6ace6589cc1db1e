using System.Runtime.InteropServices;

namespace MLExtensions.Trainers.TorchSharp.Rows;

/// <summary>The data block as tensors, from which batches are taken. What a batch holds belongs to the present dispose scope.</summary>
internal abstract class TorchRows : IDisposable
{
    private readonly DataBlock _data;
    private readonly Tensor? _features;
    private readonly Tensor _targets;
    private readonly Tensor? _weights;
    private readonly RowIndices _indices;

    /// <summary>Wraps or copies the block.</summary>
    /// <param name="data">The block.</param>
    /// <param name="targetsAreClasses">Whether targets are class indices.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    /// <param name="device">The device that batches are for.</param>
    /// <param name="place">Puts a tensor that shares an array of the block where it is kept.</param>
    protected TorchRows(DataBlock data, bool targetsAreClasses, int capacity, torch.Device device, Func<Tensor, Tensor> place)
    {
        using var scope = NewDisposeScope();
        (_data, Device) = (data, device);
        _features = data.Features.Array is { } features ? place(Share(features).view(data.Rows, data.FeatureCount)) : null;
        _targets = place(targetsAreClasses
            ? Share(data.Targets).to(ScalarType.Int64)
            : Share(data.Targets).view(data.Rows, data.TargetCount));
        _weights = data.Weights is null ? null : place(Share(data.Weights));
        scope.Detach(_targets);
        if (_features is not null)
            scope.Detach(_features);
        if (_weights is not null)
            scope.Detach(_weights);
        _indices = new RowIndices(capacity);
    }

    /// <summary>The device that batches are for.</summary>
    protected torch.Device Device { get; }

    /// <summary>Puts the block onto a device, or, where a GPU has no room for it, close to one.</summary>
    /// <param name="setup">The session.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    public static TorchRows Place(SessionSetup setup, int capacity)
    {
        var data = setup.Data;
        bool targetsAreClasses = EngineArguments.HasClassIndices(setup.Settings.Loss, setup.Network, data);
        if (setup.Device.CudaIndex is null || SizeOf(data) <= setup.ResidentBytes)
        {
            try
            {
                return new ResidentRows(data, targetsAreClasses, capacity, setup.TorchDevice);
            }
            catch (ExternalException exception) when (setup.Device.CudaIndex is not null && IsOutOfMemory(exception))
            {
            }
        }
        return new StreamedRows(data, targetsAreClasses, capacity, setup.TorchDevice);
    }

    /// <summary>Takes features, targets and weights of some rows.</summary>
    public TorchBatch Take(ReadOnlySpan<int> rows)
    {
        _data.Features.Prepare(rows);
        var indices = MoveIndices(_indices.Of(rows));
        return new TorchBatch(SelectFeatures(rows, indices), Select(_targets, indices), _weights is null ? null : Select(_weights, indices));
    }

    /// <summary>Takes the features of some rows.</summary>
    public Tensor TakeFeatures(ReadOnlySpan<int> rows) => SelectFeatures(rows, MoveIndices(_indices.Of(rows)));

    public void Dispose()
    {
        _features?.Dispose();
        _targets.Dispose();
        _weights?.Dispose();
        _indices.Dispose();
    }

    /// <summary>Brings indices to where the block is.</summary>
    protected abstract Tensor MoveIndices(Tensor indices);

    // Features that lie elsewhere are gathered batch by batch.
    private Tensor SelectFeatures(ReadOnlySpan<int> rows, Tensor indices)
    {
        if (_features is not null)
            return Select(_features, indices);

        float[] gathered = new float[rows.Length * _data.FeatureCount];
        _data.Features.Gather(rows, gathered);
        return tensor(gathered, [rows.Length, _data.FeatureCount]).SendTo(Device);
    }

    /// <summary>Picks rows of a tensor and brings them to the device.</summary>
    protected abstract Tensor Select(Tensor source, Tensor indices);

    internal static bool IsOutOfMemory(ExternalException exception) => exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase);

    internal static long SizeOf(DataBlock data) => sizeof(float) * ((long)(data.Features.Array?.Length ?? 0) + data.Targets.Length + (data.Weights?.Length ?? 0));

    // Shares the array, which stays pinned while the tensor lives.
    private static Tensor Share(float[] values) => frombuffer(values, ScalarType.Float32);
}
