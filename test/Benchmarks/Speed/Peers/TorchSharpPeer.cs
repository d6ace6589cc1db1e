using TorchSharp;
using static TorchSharp.torch;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>PyTorch's library called from this process, as TorchSharp does it: the same steps as in peers.py.</summary>
/// <param name="threads">The threads of an operation.</param>
internal sealed class TorchSharpPeer(int threads) : IPeer
{
    public string Name => threads == 1 ? "TorchSharp, 1 thread" : $"TorchSharp, {threads} threads";

    public string Description => $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, made for libtorch {__version__}, in this process";

    /// <summary>None outside of this process.</summary>
    public TimeSpan ProcessorTime => TimeSpan.Zero;

    public IContender? Prepare(PeerWork work) => work switch
    {
        TrainingWork training => new Contender(Name, threads, Train(training)),
        ScoringWork scoring => new Contender(Name, threads, Score(scoring)),
        _ => null,
    };

    public void Dispose()
    {
    }

    private static Func<long> Train(TrainingWork work)
    {
        var features = tensor(Numbers.Uniform(work.Rows, work.Features), work.Rows, work.Features);
        var classes = tensor(Numbers.Classes(work.Rows, work.Classes)).to_type(ScalarType.Int64);
        var order = randperm(work.Rows);
        var network = Network(work.Features, work.Hidden, work.Classes);
        var optimizer = optim.Adam(network.parameters());
        var loss = nn.CrossEntropyLoss();
        int first = 0;
        return () =>
        {
            using var scope = NewDisposeScope();
            var chosen = order[TensorIndex.Slice(first, first + work.Batch)];
            optimizer.zero_grad();
            loss.call(network.call(features[chosen]), classes[chosen]).backward();
            optimizer.step();
            first = first + 2 * work.Batch <= work.Rows ? first + work.Batch : 0;
            return work.Batch;
        };
    }

    private static Func<long> Score(ScoringWork work)
    {
        var features = tensor(Numbers.Uniform(work.Rows, work.Features), work.Rows, work.Features);
        var network = Network(work.Features, work.Hidden, work.Classes);
        network.eval();
        return () =>
        {
            using var scope = NewDisposeScope();
            using var mode = inference_mode();
            network.call(features);
            return work.Rows;
        };
    }

    private static TorchSharp.Modules.Sequential Network(int features, IReadOnlyList<int> hidden, int classes)
    {
        List<nn.Module<Tensor, Tensor>> layers = [];
        int width = features;
        foreach (int units in hidden)
        {
            layers.AddRange([nn.Linear(width, units), nn.ReLU()]);
            width = units;
        }
        return nn.Sequential([.. layers, nn.Linear(width, classes)]);
    }

    /// <summary>Work of another library's, though done in this process.</summary>
    private sealed class Contender(string name, int threads, Func<long> work) : IContender
    {
        private readonly LocalContender _work = new(name, work);

        public string Name => name;

        public double Run(TimeSpan duration)
        {
            set_num_threads(threads);
            return _work.Run(duration);
        }
    }
}

/// <summary>Adds TorchSharp where the build has it.</summary>
internal sealed partial class PeerSet
{
    static partial void AddInProcess(List<IPeer> peers, Action<string> note)
    {
        // The package is there; the native library is for another system or lacks something.
        // Neither number of threads is the faster one at all sizes.
        if (TryInitializeDeviceType(DeviceType.CPU))
            peers.AddRange(new[] { 1, Environment.ProcessorCount }.Distinct().Select(threads => new TorchSharpPeer(threads)));
        else
            note("TorchSharp's native library cannot be loaded: measured without TorchSharp.");
    }
}
