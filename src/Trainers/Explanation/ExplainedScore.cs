namespace MLExtensions.Trainers;

/// <summary>What feature contributions add up to.</summary>
public enum ExplainedScore
{
    /// <summary>
    /// The score before it becomes a probability, which is what the network adds up: the logit of the positive class or of a label; of a class how
    /// far its logit is above the mean of all (a number added to all of them changes no probability); of a regression the value in units of the
    /// label. The default.
    /// </summary>
    Score,

    /// <summary>The probability, calibrated where the model is: contributions are in points of it, and small where it is near 0 or 1 all along.</summary>
    Probability,
}
