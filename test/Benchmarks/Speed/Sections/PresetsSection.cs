using MLExtensions.Benchmarks.Libtorch;
using MLExtensions.Networks;
using MLExtensions.Trainers;
using TorchSharp;
using Device = MLExtensions.Trainers.Device;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>How many rows per second a training step takes in with what presets and other optimizers ask for.</summary>
internal static class PresetsSection
{
    private const int Classes = 7;
    private const int Batch = 256;

    public static IEnumerable<ReportTable> Run(SpeedRun run)
    {
        yield return new("presets", "Training: presets",
            "Whole steps of training with the network, loss, optimizer and limits of a preset, 7 classes, batches of 256 rows. Beside it the same network on TorchSharp: as the engine of this library trains it there, and as one writes it by hand, without averaged weights and rates of their own for groups.",
            [.. Presets.Select(preset => MeasurePreset(run, preset.Name, preset.Options, preset.Features))]);
        yield return new("presets", "Training: Muon", "Whole steps of training, 54 features, two hidden layers, 7 classes. Rows are named units x batch.",
            [.. new[] { (64, 32), (128, 64), (256, 256), (512, 1024) }.Select(size => MeasureMuon(run, size.Item1, size.Item2))]);
    }

    private static IEnumerable<(string Name, DeepMlpOptions Options, int Features)> Presets
    {
        get
        {
            var tabM = DeepMlpOptions.TabM(LossTasks.MulticlassClassification);
            yield return ("8 features embedded to 128, 2 x 256 units", new DeepMlpOptions { NumberEmbedding = new PiecewiseLinearEmbedding(), HiddenLayers = [256, 256], DropoutRate = 0 }, 8);
            yield return ("RealMlp, 16 features", DeepMlpOptions.RealMlp(LossTasks.MulticlassClassification), 16);
            yield return ("TabM, 16 members, 16 features", tabM, 16);
            yield return ("TabM, 32 members, 16 features", tabM with { BatchEnsemble = new BatchEnsembleOptions { Members = 32 } }, 16);
        }
    }

    private static Measurement MeasurePreset(SpeedRun run, string name, DeepMlpOptions options, int features)
    {
        int rows = run.Size(20 * Batch, 2 * Batch);
        using var ours = new OptionsTraining(options, features, Classes, Batch, rows, new ManagedEngine());
        using var one = Torch(1);
        using var all = Torch(Environment.ProcessorCount);
        using var written = run.HasTorchSharp
            ? new HandWrittenPreset(options, Numbers.Uniform(rows, features), features, Numbers.Classes(rows, Classes), Classes, Batch) : null;
        LocalContender[] contenders =
        [
            new("ours", ours.Step),
            .. one is null || written is null ? [] : new LocalContender[] { new("1", one.Step), new("all", all!.Step), new("by hand, 1", ByHand(1)), new("by hand, all", ByHand(Environment.ProcessorCount)) },
        ];
        double[] rates = [.. run.Compete(contenders).Select(outcome => outcome.Median)];
        return new(name, rates[0], Unit.RowsPerSecond)
        {
            Details = one is null ? [] :
            [
                new("TorchSharp, 1 thread", rates[1], Unit.RowsPerSecond),
                new($"TorchSharp, {Environment.ProcessorCount} threads", rates[2], Unit.RowsPerSecond),
                new("by hand, 1 thread", rates[3], Unit.RowsPerSecond),
                new($"by hand, {Environment.ProcessorCount} threads", rates[4], Unit.RowsPerSecond),
                new("x the fastest", rates[0] / rates[1..].Max(), Unit.Times),
            ],
        };

        OptionsTraining? Torch(int threads) => run.HasTorchSharp ? new(options, features, Classes, Batch, rows, new TorchSharpEngine(Device.Cpu) { Threads = threads }) : null;

        Func<long> ByHand(int threads) => () =>
        {
            if (torch.get_num_threads() != threads)
                torch.set_num_threads(threads);
            return written!.Step();
        };
    }

    private static Measurement MeasureMuon(SpeedRun run, int units, int batch)
    {
        int rows = run.Size(20_000, 2 * batch);
        var options = new DeepMlpOptions { NumberEmbedding = null, HiddenLayers = [units, units], DropoutRate = 0 };
        using var muon = new OptionsTraining(options with { Optimizer = new MuonOptions() }, 54, Classes, batch, rows, new ManagedEngine());
        using var adam = new OptionsTraining(options with { Optimizer = new AdamWOptions() }, 54, Classes, batch, rows, new ManagedEngine());
        var outcomes = run.Compete(new LocalContender("Muon", muon.Step), new LocalContender("AdamW", adam.Step));
        return new($"{units} x {batch}", outcomes[0].Median, Unit.RowsPerSecond)
        {
            Details = [new("AdamW", outcomes[1].Median, Unit.RowsPerSecond), new("slower by", 100 * (outcomes[1].Median / outcomes[0].Median - 1), Unit.Percent)],
        };
    }
}
