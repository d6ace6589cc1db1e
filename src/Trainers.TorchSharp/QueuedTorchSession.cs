namespace MLExtensions.Trainers.TorchSharp;

/// <summary>
/// A session on a GPU: steps are queued there and their losses fetched together, since reading each would leave the GPU idle while
/// the host prepares the next step.
/// </summary>
/// <param name="setup">What the session is about.</param>
internal sealed class QueuedTorchSession(SessionSetup setup) : TorchSession(setup), IQueuedMlpSession
{
    private readonly torch.Device _device = setup.TorchDevice;
    private readonly List<Tensor?> _losses = [];

    /// <inheritdoc/>
    public void Enqueue(ReadOnlySpan<int> rows, in StepSettings settings)
    {
        using var scope = NewDisposeScope();
        var loss = Take(rows, settings);
        _losses.Add(loss is null ? null : scope.Detach(loss));
    }

    /// <inheritdoc/>
    public double[] TakeLosses()
    {
        if (_losses.Count == 0)
            return [];

        using var scope = NewDisposeScope();
        var all = stack(_losses.Select(loss => loss ?? zeros([], device: _device))).cpu();
        float[] losses = all.data<float>().ToArray();
        Clear();
        return Array.ConvertAll(losses, loss => (double)loss);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Clear();
        base.Dispose();
    }

    private void Clear()
    {
        foreach (var loss in _losses)
            loss?.Dispose();
        _losses.Clear();
    }
}
