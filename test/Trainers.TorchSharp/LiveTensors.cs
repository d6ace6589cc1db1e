using TorchSharp;
using TorchSharp.Modules;

namespace MLExtensions.Trainers.Tests;

/// <summary>Counts tensors that have not been disposed of, in all of the process.</summary>
internal static class LiveTensors
{
    public static long Count => torch.Tensor.TotalCount;

    /// <summary>
    /// By how much the count is too high for every parameter that a module has made: TorchSharp 0.107.0 counts the tensor that a
    /// parameter is made of, and does not take it back when the parameter takes over its memory.
    /// </summary>
    public static long ExcessOfParameter()
    {
        using var scope = torch.NewDisposeScope();
        long before = Count;
        using (new Parameter(torch.zeros(1)))
        {
        }
        return Count - before;
    }

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
