namespace MLExtensions.Networks.Tests;

/// <summary>A shorter way to call sessions.</summary>
internal static class SessionSteps
{
    /// <summary>A training step at a learning rate, all else as the session was opened.</summary>
    public static double Step(this IMlpSession session, ReadOnlySpan<int> rows, float learningRate) =>
        session.Step(rows, new StepSettings(learningRate));
}
