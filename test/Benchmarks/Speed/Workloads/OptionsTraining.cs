using MLExtensions.Networks;
using MLExtensions.Networks.Building;
using MLExtensions.Networks.Randomness;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>Training steps of an engine as options of a trainer ask for them: network, loss, optimizer, penalties and limits of gradients.</summary>
internal sealed class OptionsTraining : IDisposable
{
    private readonly IMlpSession _session;
    private readonly int[] _order;
    private readonly int _batch;
    private int _first;

    /// <summary>Makes data, network and session.</summary>
    /// <param name="options">The options of a classification.</param>
    /// <param name="features">The features of a row.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="batch">The rows of a step.</param>
    /// <param name="rows">The rows of the data, at least one batch.</param>
    /// <param name="engine">The engine.</param>
    public OptionsTraining(DeepMlpOptions options, int features, int classes, int batch, int rows, IMlpEngine engine)
    {
        var data = new DataBlock(rows, features, 1, Numbers.Uniform(rows, features), Numbers.Classes(rows, classes), null);
        var network = NetworkBuilder.Describe(options, features, classes);
        var weights = NetworkBuilder.Initialize(network, options, new RandomStream(1, "weights"));
        NetworkBuilder.Adapt(weights, network, options, data, [.. Enumerable.Range(0, Math.Min(rows, 1000))], new RandomStream(1, "adapt"));

        _batch = batch;
        _order = [.. Enumerable.Range(0, rows)];
        new RandomStream(1, "shuffle").Shuffle<int>(_order);
        _session = engine.Open(network, data, new EngineSettings
        {
            Loss = options.Loss ?? Loss.CrossEntropy,
            Optimizer = options.Optimizer,
            L1 = options.L1Regularization,
            L2 = options.L2Regularization,
            MaximumBatchRows = batch,
            Seed = 1,
            Update = options.UpdateSettingsFor(rows / batch),
        });
        _session.SetWeights(weights);
    }

    /// <summary>One step, at a rate that changes little; returns its rows.</summary>
    public long Step()
    {
        _session.Step(_order.AsSpan(_first, _batch), new StepSettings(1e-5f));
        _first = _first + 2 * _batch <= _order.Length ? _first + _batch : 0;
        return _batch;
    }

    public void Dispose() => _session.Dispose();
}
