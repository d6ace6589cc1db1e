using MLExtensions.Networks;
using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Threading;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>Training steps of the managed engine on rows in memory, batch after batch in a shuffled order.</summary>
internal sealed class ManagedTraining : IDisposable
{
    private readonly IMlpSession _session;
    private readonly int[] _order;
    private readonly int _batch;
    private int _first;

    /// <summary>Makes data, network and session.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">The rows of the data, at least one batch.</param>
    /// <param name="threads">The engine's most threads; 0 for its own choice.</param>
    /// <param name="always">Whether all of them take part in every step.</param>
    public ManagedTraining(NetworkCase network, int rows, int threads, bool always = false)
    {
        var description = network.Describe();
        var data = new DataBlock(rows, network.Features, 1, Numbers.Uniform(rows, network.Features), Numbers.Classes(rows, network.Classes), null);
        var settings = new EngineSettings { Loss = Loss.CrossEntropy, Optimizer = new AdamOptions(), MaximumBatchRows = network.Batch, Seed = 1 };

        _batch = network.Batch;
        _order = [.. Enumerable.Range(0, rows)];
        new RandomStream(1, "shuffle").Shuffle<int>(_order);
        _session = new ManagedEngine { Threads = threads }.Open(description, data, settings);
        _session.SetWeights(network.Initialize(description));
        if (always)
            ((ManagedSession)_session).Team.Fixed = new TeamShape(threads, SharesUnits: false);
    }

    /// <summary>The steps of one pass over the data.</summary>
    public int StepsPerEpoch => _order.Length / _batch;

    /// <summary>One step; returns its rows.</summary>
    public long Step()
    {
        _session.Step(_order.AsSpan(_first, _batch), new StepSettings(0.001f));
        _first = _first + 2 * _batch <= _order.Length ? _first + _batch : 0;
        return _batch;
    }

    public void Dispose() => _session.Dispose();
}
