using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLExtensions.Trainers.Tests;

/// <summary>The warnings in the log of a context.</summary>
internal static class Warnings
{
    /// <summary>A list that grows with each warning of a trainer of ours, from now on.</summary>
    public static List<string> Of(MLContext ml)
    {
        var warnings = new List<string>();
        ml.Log += (_, entry) =>
        {
            if (entry.Kind == ChannelMessageKind.Warning)
                warnings.Add(entry.RawMessage);
        };
        return warnings;
    }
}
