using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Tests;

/// <summary>Scores with lists of layers that are no whole network.</summary>
internal static unsafe class ScoringSteps
{
    /// <summary>Runs the steps of layers that leave values where they are.</summary>
    /// <param name="network">The layers.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="values">The values; receives the outputs.</param>
    public static void Run(NetworkDescription network, NetworkWeights weights, StripMatrix values)
    {
        // Strips in scoring lie close together, those of training have room between them.
        var close = new StripMatrix(new AlignedBuffer(StripMatrix.LengthOf(values.Rows, values.Columns)), 0, values.Rows, values.Columns);
        Copy(values, close);

        foreach (ScoringStep step in new ScoringPlan(network, weights).Steps)
            ((nint)step.Run(close.At(0, 0), null, values.Rows)).Should().Be((nint)close.At(0, 0));

        Copy(close, values);
        GC.KeepAlive(close);
    }

    private static void Copy(StripMatrix from, StripMatrix to)
    {
        for (int row = 0; row < from.Rows; row++)
        {
            for (int column = 0; column < from.Columns; column++)
                to[row, column] = from[row, column];
        }
    }
}
