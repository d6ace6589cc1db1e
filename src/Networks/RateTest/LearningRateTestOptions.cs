namespace MLExtensions.Networks;

/// <summary>How a learning-rate range test goes.</summary>
public sealed record LearningRateTestOptions
{
    /// <summary>The rate of the first step; positive and finite, 1e-7 by default.</summary>
    public float From { get; init; } = 1e-7f;

    /// <summary>The rate of the last step, where nothing ends the test sooner; above <see cref="From"/> and finite, 10 by default.</summary>
    public float To { get; init; } = 10;

    /// <summary>
    /// The number of steps; at least 20. More give a smoother curve. Null, the default, takes as many as pass 25,600 rows through the network, 200 to 1,000: the smaller
    /// batches are, the more their losses differ by chance.
    /// </summary>
    public int? Steps { get; init; }

    /// <summary>The number of steps with batches of a size.</summary>
    internal int StepsFor(int batchSize)
    {
        const int Rows = 25_600;
        return Steps ?? Math.Clamp(Rows / batchSize, 200, 1000);
    }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">They are outside their range; the message lists them all.</exception>
    internal void Validate()
    {
        string[] messages = [.. Failures(Positive(From), To > From && float.IsFinite(To) ? null : Invariant($"To must be above From, {From}, and finite, got {To}"), AtLeast(20, Steps))];
        if (messages.Length > 0)
            throw new ArgumentException($"Invalid {nameof(LearningRateTestOptions)}:{string.Concat(messages.Select(message => $"{Environment.NewLine}- {message}"))}", "options");
    }
}
