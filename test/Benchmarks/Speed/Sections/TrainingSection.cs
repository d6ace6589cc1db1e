namespace MLExtensions.Benchmarks.Speed;

/// <summary>How many rows per second a training step takes in.</summary>
internal static class TrainingSection
{
    private const string Counted =
        "Whole steps of training: gathering the rows of the batch, forward, loss, backward, update by Adam. Floating-point operations " +
        "are those of the weight matrices alone (6 per weight and row, 4 in the first layer); the peak is what fused multiply-adds on " +
        "registers reach in this run. Medians of rounds in which all take turns.";

    public static IEnumerable<ReportTable> Run(SpeedRun run)
    {
        yield return new("training", "Peak of the processor", "Fused multiply-adds of the widest vectors on registers, the best of six tries.",
        [
            new("1 thread", run.PeakOfOneThread, Unit.GigaflopsPerSecond),
            new($"{Environment.ProcessorCount} threads at once", run.PeakOfAllThreads, Unit.GigaflopsPerSecond),
        ]);
        yield return new("training", "Training: 54 features, two hidden layers, 7 classes", $"{Counted} Rows are named units x batch.",
            [.. Sizes.Select(network => MeasureFully(run, network))]);
        yield return new("training", "Training beside a busy neighbour", "The same steps while another process keeps one processor busy: on the threads of the engine's choice, and on one.",
            [.. BesideNeighbour(run)]);
        var brief = run.WithHalfTheRounds();
        yield return new("training", "Training: other shapes", $"{Counted} Half the rounds.", [.. Shapes.Select(shape => Measure(brief, shape.Name, shape.Network))]);
        yield return new("training", "Training: embeddings", "Whole steps of training, 2 x 256 units, batch 256, 7 classes. The embeddings are piecewise-linear, of 48 bins; the same network on 128 features does without. Half the rounds.",
            [.. MeasureEmbeddings(brief)]);
    }

    private static IEnumerable<NetworkCase> Sizes => [new(64, 32), new(128, 64), new(256, 256), new(512, 1024)];

    private static IEnumerable<(string Name, NetworkCase Network)> Shapes
    {
        get
        {
            NetworkCase middle = new(128, 128);
            foreach (int features in new[] { 10, 100, 800 })
                yield return ($"{features} features, 2 x 128 units, batch 128", middle with { Features = features });
            foreach (int layers in new[] { 1, 3, 5 })
                yield return ($"{layers} x 128 units, batch 128", middle with { HiddenLayers = layers });
            foreach (int classes in new[] { 2, 100, 1000 })
                yield return ($"{classes} classes, 2 x 128 units, batch 128", middle with { Classes = classes });
        }
    }

    private static Measurement MeasureFully(SpeedRun run, NetworkCase network)
    {
        int rows = Rows(run, network);
        using var automatic = new ManagedTraining(network, rows, threads: 0);
        using var single = new ManagedTraining(network, rows, threads: 1);
        using var all = new ManagedTraining(network, rows, Environment.ProcessorCount, always: true);
        using var regularized = new ManagedTraining(network with { Regularized = true }, rows, threads: 0);
        var (ours, peers) = run.Compete(Work(network, rows), new LocalContender("automatic", automatic.Step),
            new LocalContender("one thread", single.Step), new LocalContender("all threads", all.Step), new LocalContender("regularized", regularized.Step));

        return new($"{network.Units} x {network.Batch}", ours[0].Median, Unit.RowsPerSecond)
        {
            Peers = peers,
            Details =
            [
                .. Arithmetic(network, ours[0], run.PeakOfAllThreads),
                new("spread of rounds", ours[0].SpreadPercent, Unit.Percent),
                new("ours, 1 thread", ours[1].Median, Unit.RowsPerSecond),
                new("1 thread, of its peak", PercentOfPeak(network, ours[1], run.PeakOfOneThread), Unit.Percent),
                new("all threads, by rows", ours[2].Median, Unit.RowsPerSecond),
                new("own choice, of the better of the two", 100 * ours[0].Median / Math.Max(ours[1].Median, ours[2].Median), Unit.Percent),
                new("with batch normalization and dropout 0.1", ours[3].Median, Unit.RowsPerSecond),
                new("slower by", 100 * (ours[0].Median / ours[3].Median - 1), Unit.Percent),
            ],
        };
    }

    private static IEnumerable<Measurement> BesideNeighbour(SpeedRun run)
    {
        NetworkCase small = new(64, 32), middle = new(256, 256);
        foreach (var (name, network) in new[] { ("64 x 32", small), ("64 x 32, batch normalization and dropout", small with { Regularized = true }), ("256 x 256", middle) })
        {
            int rows = Rows(run, network);
            using var automatic = new ManagedTraining(network, rows, threads: 0);
            using var single = new ManagedTraining(network, rows, threads: 1);
            using var neighbour = NeighbourChild.Start();
            var outcomes = run.Compete(new LocalContender("automatic", automatic.Step), new LocalContender("one thread", single.Step));
            yield return new(name, outcomes[0].Median, Unit.RowsPerSecond)
            {
                Details = [new("1 thread", outcomes[1].Median, Unit.RowsPerSecond), new("of 1 thread", 100 * outcomes[0].Median / outcomes[1].Median, Unit.Percent)],
            };
        }
    }

    private static Measurement Measure(SpeedRun run, string name, NetworkCase network)
    {
        int rows = Rows(run, network);
        using var automatic = new ManagedTraining(network, rows, threads: 0);
        var (ours, peers) = run.Compete(Work(network, rows), new LocalContender("automatic", automatic.Step));
        return new(name, ours[0].Median, Unit.RowsPerSecond) { Peers = peers, Details = Arithmetic(network, ours[0], run.PeakOfAllThreads) };
    }

    private static IEnumerable<Measurement> MeasureEmbeddings(SpeedRun run)
    {
        NetworkCase embedded = new(Features: 8, Units: 256, HiddenLayers: 2, Classes: 7, Batch: 256) { Embedded = true }, wide = embedded with { Features = 128, Embedded = false };
        using var with = new ManagedTraining(embedded, Rows(run, embedded), threads: 0);
        using var without = new ManagedTraining(wide, Rows(run, wide), threads: 0);
        var outcomes = run.Compete(new LocalContender("with", with.Step), new LocalContender("without", without.Step));
        yield return new("embeddings of 8 features to 128", outcomes[0].Median, Unit.RowsPerSecond)
        {
            Details = [new("128 features as they are", outcomes[1].Median, Unit.RowsPerSecond), new("slower by", 100 * (outcomes[1].Median / outcomes[0].Median - 1), Unit.Percent)],
        };
    }

    private static int Rows(SpeedRun run, NetworkCase network) => run.Size(20_000, 2 * network.Batch);

    private static TrainingWork Work(NetworkCase network, int rows) => new(network.Features, network.Hidden, network.Classes, network.Batch, rows);

    private static Quantity[] Arithmetic(NetworkCase network, Outcome outcome, double peak) =>
    [
        new("arithmetic", Gigaflops(network, outcome), Unit.GigaflopsPerSecond),
        new("of peak", PercentOfPeak(network, outcome, peak), Unit.Percent),
    ];

    private static double PercentOfPeak(NetworkCase network, Outcome outcome, double peak) => 100 * Gigaflops(network, outcome) / peak;

    private static double Gigaflops(NetworkCase network, Outcome outcome) => outcome.Median * StepCost.FlopsPerRow(network.Describe()) / 1e9;
}
