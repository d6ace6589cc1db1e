namespace MLExtensions.Trainers.Training;

/// <summary>What a training runs on and who is told of it.</summary>
/// <param name="Engine">The engine, which has chosen its device.</param>
/// <param name="Log">Takes messages.</param>
/// <param name="IsCanceled">Whether to stop.</param>
internal sealed record TrainingRun(IMlpEngine Engine, Action<string> Log, Func<bool> IsCanceled)
{
    /// <summary>Takes warnings of what is suspicious about a training; null where nobody wants to know.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Whether to end with the best so far, whatever the options say of a cancellation.</summary>
    public Func<bool> IsStopped { get; init; } = () => false;

    /// <summary>The processes that train together; null where this one is alone.</summary>
    public Communicator? Ranks { get; init; }

    /// <summary>Whether this process tells and keeps what happens: of several ranks, the first.</summary>
    public bool Tells => Ranks is not { Rank: > 0 };

    /// <summary>What all ranks do where they might decide differently, by time or by a signal: what the first would.</summary>
    /// <param name="own">What this one would do.</param>
    public bool Decide(bool own) => Ranks?.OfFirst(own) ?? own;

    /// <summary>The networks that the training starts from, one for each member, or null for one that is not trained; null where weights are drawn.</summary>
    public IReadOnlyList<PreviousNetwork?>? Previous { get; init; }

    /// <summary>The network that the present member starts from; null where weights are drawn.</summary>
    public PreviousNetwork? PreviousOfMember => Previous?[Member - 1];

    /// <summary>Where the fit is kept while it runs; null for nowhere.</summary>
    public FitCheckpoints? Checkpoints { get; init; }

    /// <summary>Whether training ends before its time, with the best so far or with none.</summary>
    public bool Ends => IsStopped() || IsCanceled();

    /// <summary>The time that the network may take, where the options do not leave it less; null for any.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>What tells the time that limits are held against.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Which <c>Fit</c> of the trainer this is, counted from 1.</summary>
    public int Fit { get; init; } = 1;

    /// <summary>Whether to score held-out rows whatever the options of the network say: kinds of members are compared by them.</summary>
    public bool ScoresHeldOutRows { get; init; }

    /// <summary>Which member of an ensemble is trained, counted from 1; 1 where there is one network.</summary>
    public int Member { get; init; } = 1;
}

/// <summary>Rows that were read, as they are: before targets and weights are prepared for a split. Disposing of them deletes the file that they are in, where they are in one.</summary>
/// <param name="Data">All rows; those of a validation view stand behind those of the training view.</param>
/// <param name="TrainingRows">How many of them are the training view's.</param>
/// <param name="Label">The label column.</param>
/// <param name="Features">The feature column.</param>
/// <param name="FeatureNames">The names of the features; null where they have none.</param>
internal sealed record ReadRows(DataBlock Data, int TrainingRows, LabelColumn Label, DataViewSchema.Column Features, SlotNames? FeatureNames) : IDisposable
{
    /// <summary>Whether whoever trains on the rows may change their memory: nobody trains on them again.</summary>
    public bool AreSpent { get; init; }

    /// <summary>Whether the split that they are trained on with holds for all members of an ensemble, as that of a validation view does.</summary>
    public bool SplitIsGiven { get; init; }

    /// <summary>The group of each training row, or the place of its time, by which rows are set aside; null where no column tells.</summary>
    public int[]? Keys { get; init; }

    /// <summary>How many training rows lack a group.</summary>
    public int RowsWithoutKey { get; init; }

    /// <summary>The number of each row in its view, counted from 0; null where none was left out.</summary>
    public long[]? Numbers { get; init; }

    /// <summary>The number of rows of the training view, with those that were left out.</summary>
    public long ViewRows { get; init; } = TrainingRows;

    public void Dispose() => (Data.Features as IDisposable)?.Dispose();
}

/// <summary>A trained network, which reads features as they come, and how its training went.</summary>
/// <param name="Network">The network.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="History">How the training went.</param>
internal sealed record TrainedNetwork(NetworkDescription Network, NetworkWeights Weights, TrainingHistory History)
{
    /// <summary>Which member of an ensemble it is, counted from 0; 0 where there is one network.</summary>
    public int Member { get; init; }

    /// <summary>What it gives for rows that it was not trained on; null where nobody asked.</summary>
    public HeldOutRows? HeldOut { get; init; }

    /// <summary>How many members of an ensemble there are; 1 where there is one network.</summary>
    public int Members { get; init; } = 1;

    /// <summary>How many of them a row that was held out is scored by.</summary>
    public int HeldOutMembers { get; init; } = 1;
}

/// <summary>A trained model and how its training went.</summary>
internal sealed record TrainedModel<TModel>(TModel Model, TrainingHistory History)
{
    /// <summary>What members of an ensemble give for the rows of their own folds; null where there are no folds.</summary>
    public OutOfFoldPredictions? OutOfFold { get; init; }
}
