using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace MLExtensions.Trainers.TorchSharp.CustomNetworks;

/// <summary>
/// Scores with modules on the CPU, each used by one thread at a time: nothing says that a module of the application keeps no
/// values of a call. There are as many as threads have scored at once; the garbage collector frees them with the model.
/// </summary>
/// <param name="create">Makes a module.</param>
/// <param name="weights">The weights.</param>
internal sealed class TorchModuleScorer(Func<TorchModule> create, NetworkWeights weights) : INetworkScorer
{
    private readonly ConcurrentBag<TorchModule> _idle = [];

    public void Score(ReadOnlySpan<float> features, Span<float> outputs)
    {
        if (!_idle.TryTake(out var module))
            module = Create();
        try
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            var values = module.Forward(tensor(features.ToArray(), [1, features.Length]), training: false).contiguous();
            MemoryMarshal.Cast<byte, float>(values.bytes).CopyTo(outputs);
        }
        finally
        {
            _idle.Add(module);
        }
    }

    private TorchModule Create()
    {
        var module = create().To(CPU);
        module.Tensors.CopyFrom(weights);
        return module;
    }
}
