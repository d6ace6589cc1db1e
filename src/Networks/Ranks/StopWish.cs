namespace MLExtensions.Networks.Ranks;

/// <summary>What may end a training before its next batch; where ranks wish different things, the first counts.</summary>
internal enum StopWish
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A signal: the best so far is kept whatever the options say.</summary>
    Stop,

    /// <summary>A cancellation.</summary>
    Cancel,

    /// <summary>The time limit.</summary>
    TimeIsUp,
}
