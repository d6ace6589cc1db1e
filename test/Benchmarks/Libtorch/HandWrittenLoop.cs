using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLExtensions.Benchmarks.Libtorch;

/// <summary>The training of a <see cref="Problem"/> as one writes it with TorchSharp's own modules and optimizer.</summary>
internal sealed class HandWrittenLoop : IDisposable
{
    private readonly Problem _problem;
    private readonly torch.Device _device;
    private readonly Tensor _features;
    private readonly Tensor _targets;
    private readonly Sequential _network;
    private readonly optim.Optimizer _optimizer;

    public HandWrittenLoop(Problem problem, torch.Device device)
    {
        (_problem, _device) = (problem, device);
        _features = tensor(problem.Data.Features.Array!, [problem.Data.Rows, problem.Data.FeatureCount]).to(device);
        _targets = tensor(problem.Data.Targets).to(ScalarType.Int64).to(device);
        _network = NetworkOf(problem);
        _network.to(device);
        _optimizer = optim.Adam(_network.parameters(), Problem.LearningRate);
    }

    /// <summary>The network as modules.</summary>
    public static Sequential NetworkOf(Problem problem)
    {
        var modules = new List<(string, nn.Module<Tensor, Tensor>)>();
        int width = problem.Data.FeatureCount;
        foreach (int units in problem.Hidden)
        {
            modules.Add(($"linear{modules.Count}", nn.Linear(width, units)));
            modules.Add(($"relu{modules.Count}", nn.ReLU()));
            width = units;
        }
        modules.Add(("output", nn.Linear(width, Problem.Classes)));
        return nn.Sequential(modules);
    }

    /// <summary>Takes a step; the loss is of the dispose scope of the caller.</summary>
    public Tensor Step(ReadOnlySpan<int> rows)
    {
        long[] indices = new long[rows.Length];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = rows[i];
        var batch = tensor(indices).to(_device);
        _optimizer.zero_grad();
        var loss = nn.functional.cross_entropy(_network.forward(_features.index_select(0, batch)), _targets.index_select(0, batch));
        loss.backward();
        _optimizer.step();
        return loss;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _features.Dispose();
        _targets.Dispose();
    }
}
