using TorchSharp;

namespace MLExtensions.Trainers.Tests;

/// <summary>Counts tensors that have not been disposed of, in all of the process.</summary>
internal static class LiveTensors
{
    public static long Count => torch.Tensor.TotalCount;

    /// <summary>The count once the garbage collector has freed what earlier tests left to it; else it could do so between two counts.</summary>
    public static long CountWithoutGarbage()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return Count;
    }
}
