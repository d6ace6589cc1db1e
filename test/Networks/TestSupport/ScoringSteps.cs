using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Tests;

/// <summary>Scores with lists of layers that are no whole network.</summary>
internal static unsafe class ScoringSteps
{
    /// <summary>Runs the steps of layers that leave values where they are.</summary>
    /// <param name="network">The layers.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="values">The values, one strip; receives the outputs.</param>
    public static void Run(NetworkDescription network, NetworkWeights weights, StripMatrix values)
    {
        values.StripCount.Should().Be(1);
        foreach (ScoringStep step in new ScoringPlan(network, weights).Steps)
            ((nint)step.Run(values.At(0, 0), null, values.Rows)).Should().Be((nint)values.At(0, 0));
    }
}
