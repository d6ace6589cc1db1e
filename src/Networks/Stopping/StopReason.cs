namespace MLExtensions.Networks;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    AllEpochs,

    /// <summary>The monitored value did not improve for <see cref="EarlyStoppingOptions.Patience"/> epochs.</summary>
    NoImprovement,

    /// <summary><see cref="EarlyStoppingOptions.TimeLimit"/> was reached.</summary>
    TimeLimit,

    /// <summary>Training was cancelled, and <see cref="MlpOptions.KeepBestWhenCanceled"/> asked for the weights so far.</summary>
    Canceled,
}
