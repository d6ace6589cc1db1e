namespace MLExtensions.Networks.Checkpoints;

/// <summary>The checkpoints of one fit, which may train several networks: members of an ensemble, a second training on all rows.</summary>
internal sealed class FitCheckpoints : IDisposable
{
    private readonly CheckpointOptions _options;
    private readonly CheckpointFolder _folder;
    private readonly TimeProvider _clock;
    private long? _started;
    private readonly object _gate = new();

    /// <summary>Opens the folder of a fit.</summary>
    /// <param name="options">Where trainings are kept.</param>
    /// <param name="fit">Which fit of the trainer it is, counted from 1.</param>
    /// <param name="clock">What tells the time.</param>
    /// <exception cref="IOException">Another training uses the folder, or it cannot be made.</exception>
    public FitCheckpoints(CheckpointOptions options, int fit, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _folder = new CheckpointFolder(Path.Combine(options.Folder, Invariant($"fit-{fit}")));
        List<CheckpointDescription> kept;
        try
        {
            kept = [.. _folder.Find(null).Select(DescriptionOrNull).OfType<CheckpointDescription>()];
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
        TimeBefore = TimeSpan.FromSeconds(kept.Select(description => description.FitSeconds).DefaultIfEmpty().Max());
        KeptSeed = kept.FirstOrDefault()?.FitSeed;
        Seed = KeptSeed ?? 0;
    }

    /// <summary>The seed of the fit that was kept; null where there is none.</summary>
    public int? KeptSeed { get; }

    /// <summary>The seed of the fit.</summary>
    public int Seed { get; set; }

    /// <summary>The time that the training of the fit took before it was interrupted.</summary>
    public TimeSpan TimeBefore { get; }

    /// <summary>Takes messages.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Takes warnings.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>Whether there is something of a network.</summary>
    /// <param name="network">The name of the network.</param>
    public bool Has(string network) => _folder.Find(network).Count > 0;

    /// <summary>Finds what was kept of a network, and makes ready to keep more.</summary>
    /// <param name="network">The name of the network.</param>
    /// <param name="identity">The training.</param>
    /// <exception cref="InvalidOperationException">What was kept is of another training, which was not finished.</exception>
    public NetworkCheckpoints Begin(string network, TrainingIdentity identity)
    {
        lock (_gate)
        {
            _started ??= _clock.GetTimestamp();
            var found = Load(network);
            if (found is { } kept && identity.DifferenceFrom(kept.Description.Identity) is { } difference)
            {
                if (!_folder.IsFinished)
                {
                    throw new InvalidOperationException($"Checkpoint.Folder: in '{_folder.FullPath}' is a training that was not finished, after epoch {kept.Description.Epoch}, and it is another one: {difference}. " +
                        "Train with what it had to go on with it; delete the folder, or choose another one, to begin anew. A warm start, Fit(data, model), goes on from a model with other rows or rates.");
                }
                Log($"the checkpoints in '{_folder.FullPath}' are of another training, which was finished, and are removed: {difference}.");
                _folder.Clear();
                found = null;
            }
            if (found is { } resumed)
            {
                string epochs = Plural.Of(resumed.Description.Epoch, "epoch");
                Log(_folder.IsFinished ? $"trained already: taken from its checkpoint in '{_folder.FullPath}', after {epochs}." : $"goes on after {epochs}, from its checkpoint in '{_folder.FullPath}'.");
            }
            else
            {
                // Damaged, or deleted by hand.
                _folder.Reopen();
            }
            return new NetworkCheckpoints(_options, _folder, network, _clock, found?.State, NoteOf) { Warn = Warn };
        }

        CheckpointDescription NoteOf(int epoch) => new()
        {
            Software = SoftwareName.Current,
            Identity = identity,
            FitSeed = Seed,
            FitSeconds = (TimeBefore + _clock.GetElapsedTime(_started!.Value)).TotalSeconds,
            Epoch = epoch,
        };
    }

    /// <summary>Notes that the fit came to its end.</summary>
    public void Finish()
    {
        try
        {
            _folder.Finish();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The model is there all the same.
            Warn($"that the training came to its end could not be noted in '{_folder.FullPath}': {exception.Message.TrimEnd('.')}. Delete the folder before another one is trained.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    // The last one, or, where that is damaged, the one before.
    private (CheckpointDescription Description, TrainingState State)? Load(string network)
    {
        foreach (string path in _folder.Find(network))
        {
            try
            {
                return CheckpointFile.Read(path);
            }
            catch (InvalidDataException exception)
            {
                Warn($"{exception.Message} The one before is taken, or else the training begins anew.");
            }
        }
        return null;
    }

    private static CheckpointDescription? DescriptionOrNull(string path)
    {
        try
        {
            return CheckpointFile.ReadDescription(path);
        }
        catch (InvalidDataException)
        {
            // Whoever needs the file is told.
            return null;
        }
    }
}
