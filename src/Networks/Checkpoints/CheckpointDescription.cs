namespace MLExtensions.Networks.Checkpoints;

/// <summary>What stands beside the state of a training in its file.</summary>
internal sealed record CheckpointDescription
{
    /// <summary>The version of the format that this library writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>What wrote it.</summary>
    public string Software { get; init; } = "";

    /// <summary>The training.</summary>
    public required TrainingIdentity Identity { get; init; }

    /// <summary>The seed of the whole fit, from which those of its networks follow.</summary>
    public required int FitSeed { get; init; }

    /// <summary>The time that the whole fit has taken, in seconds, interruptions left out.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>The epochs that are done.</summary>
    public required int Epoch { get; init; }
}
