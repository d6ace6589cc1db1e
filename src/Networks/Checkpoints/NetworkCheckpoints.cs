namespace MLExtensions.Networks.Checkpoints;

/// <summary>Writes down the training of one network as it goes.</summary>
/// <param name="options">When.</param>
/// <param name="folder">Where.</param>
/// <param name="network">The name of the network.</param>
/// <param name="clock">What tells the time.</param>
/// <param name="resume">The state that was kept; null where the training begins.</param>
/// <param name="describe">Describes the training after an epoch.</param>
internal sealed class NetworkCheckpoints(CheckpointOptions options, CheckpointFolder folder, string network, TimeProvider clock, TrainingState? resume,
    Func<int, CheckpointDescription> describe)
{
    // Of short epochs a copy of each state would take as long as the epoch.
    private static readonly TimeSpan s_betweenCopies = TimeSpan.FromSeconds(0.1);

    private (int Epoch, TrainingState State)? _pending;
    private long? _copied;
    private long _written = clock.GetTimestamp();
    private bool _hasFailed;

    /// <summary>The state to go on from; null to begin.</summary>
    public TrainingState? Resume => resume;

    /// <summary>Takes a warning.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>Is offered the state after an epoch.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="isLast">Whether the training has come to its end.</param>
    /// <param name="take">Puts the state together.</param>
    public void Keep(int epoch, bool isLast, Func<TrainingState> take)
    {
        bool isDue = isLast || options.IsDue(epoch, clock.GetElapsedTime(_written));
        if (!isDue && _copied is { } copied && clock.GetElapsedTime(copied) < s_betweenCopies)
            return;

        _pending = (epoch, take());
        _copied = clock.GetTimestamp();
        if (isDue)
            Flush();
    }

    /// <summary>Writes down what is not on the disk yet; for a training that ends before its time.</summary>
    public void Flush()
    {
        if (_pending is not { } pending)
            return;

        _pending = null;
        _written = clock.GetTimestamp();
        try
        {
            CheckpointFile.Write(folder.PathOf(network, pending.Epoch), describe(pending.Epoch), pending.State);
            folder.Prune(network, pending.Epoch);
            _hasFailed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The training itself is well, and the files of before are there.
            if (!_hasFailed)
                Warn($"the checkpoint after epoch {pending.Epoch} could not be written: {exception.Message.TrimEnd('.')}. The training goes on; what was kept before is still there.");
            _hasFailed = true;
        }
    }
}
