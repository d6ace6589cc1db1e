namespace MLExtensions.Networks;

/// <summary>Shorter ways to call sessions.</summary>
public static class MlpSessions
{
    /// <summary>A training step at a learning rate, all else as the session was opened.</summary>
    /// <param name="session">The session.</param>
    /// <param name="rows">Indices of the rows of the batch.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <returns>The weighted mean loss of the batch before the update.</returns>
    public static double Step(this IMlpSession session, ReadOnlySpan<int> rows, float learningRate)
    {
        ArgumentNullException.ThrowIfNull(session);

        return session.Step(rows, new StepSettings(learningRate));
    }
}
