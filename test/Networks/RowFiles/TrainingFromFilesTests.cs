using MLExtensions.Networks.Building;
using MLExtensions.Networks.Evaluation;
using MLExtensions.Networks.Inputs;
using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.RowFiles;
using MLExtensions.Networks.Rows;
using MLExtensions.Networks.Training;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests.RowFiles;

/// <summary>A training from a file is that from memory, but for the order of rows where a window has not all of them.</summary>
[TestClass]
public sealed class TrainingFromFilesTests
{
    private const int Rows = 400;
    private const int Width = 3;

    public static IEnumerable<object[]> Cases =>
    [
        ["plain", (MlpOptions options) => options],
        ["stratified", (MlpOptions options) => options with { StratifiedBatches = true }],
        ["mixing", (MlpOptions options) => options with { RowMixing = new MixupOptions(), InputNoise = 0.1f, DropoutRate = 0.2f }],
        ["stochastic averages", (MlpOptions options) => options with { WeightAveraging = new StochasticAveragingOptions { FromEpoch = 2 }, Normalization = Normalization.Batch }],
        ["growing batches", (MlpOptions options) => options with { BatchGrowth = new() { EveryEpochs = 2, Maximum = 64 } }],
        ["measured", (MlpOptions options) => options with { MeasureTraining = true, Diagnostics = new() { NumberOfRows = 20 } }],
        ["all rows", (MlpOptions options) => options with { Optimizer = new LbfgsOptions(), DropoutRate = 0 }],
        ["unit variance", (MlpOptions options) => options with { Initializer = new UnitVarianceInitializer { SpreadsBiases = true } }],
        ["quantiles", (MlpOptions options) => options with { InputScaling = InputScaling.Quantile }],
        ["bins", (MlpOptions options) => options with { NumberEmbedding = new PiecewiseLinearEmbedding() }],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Run_WithAWindowOfAllRows_GivesTheSameBits(string name, Func<MlpOptions, MlpOptions> change)
    {
        var options = change(Options);
        using var folder = new TestFolder();
        var data = Data(sorted: false);
        using var file = InFile(folder, data, memory: 1 << 20);

        var expected = Train(options, data);
        var actual = Train(options, data with { Features = file });

        actual.Weights.Values.Should().Equal(expected.Weights.Values, name);
        Measured(actual.History).Should().Equal(Measured(expected.History));
    }

    [TestMethod]
    public void Run_WithSmallWindows_LearnsRowsThatAreSortedByLabel()
    {
        using var folder = new TestFolder();
        var data = Data(sorted: true);
        using var file = InFile(folder, data, memory: OfBlocks(6));

        var expected = Train(Options with { NumberOfEpochs = 20 }, data);
        var actual = Train(Options with { NumberOfEpochs = 20 }, data with { Features = file });

        actual.Weights.Values.Should().NotEqual(expected.Weights.Values, "the order of rows is another");
        actual.History.Epochs.Min(epoch => epoch.ValidationLoss).Should().BeLessThan(1.3 * expected.History.Epochs.Min(epoch => epoch.ValidationLoss)!.Value);
    }

    [TestMethod]
    public void Run_Twice_GivesTheSameBits()
    {
        using var folder = new TestFolder();
        var data = Data(sorted: false);
        using var file = InFile(folder, data, memory: OfBlocks(6));

        Train(Options, data with { Features = file }).Weights.Values.Should().Equal(Train(Options, data with { Features = file }).Weights.Values);
    }

    [TestMethod]
    public void Run_ABatchOfMoreRowsThanAWindow_IsRefused()
    {
        using var folder = new TestFolder();
        var data = Data(sorted: false);
        using var file = InFile(folder, data, memory: OfBlocks(2));

        var act = () => Train(Options with { BatchSize = 100 }, data with { Features = file });

        act.Should().Throw<InvalidOperationException>().WithMessage("A batch of 100 rows is more than the * that RowMemory.MaximumBytes lets into memory at a time: raise it, or lower BatchSize*");
    }

    [TestMethod]
    public void Run_MoreMeasuredRowsThanThereIsMemoryFor_IsRefusedWithWhatIsNeeded()
    {
        using var folder = new TestFolder();
        var data = Data(sorted: false);
        using var file = InFile(folder, data, memory: 1300);

        var act = () => Train(Options, data with { Features = file });

        act.Should().Throw<InvalidOperationException>().WithMessage("RowMemory.MaximumBytes leaves 1,300 bytes for features, and to measure the network on its validation rows takes 1,200 of them*Raise it by 62, or set fewer rows aside*");
    }

    [TestMethod]
    public void EpochRows_InWindows_HaveEachRowOnceShuffledAndAgainAfterARewind()
    {
        using var folder = new TestFolder();
        var data = Data(sorted: false);
        using var file = InFile(folder, data, memory: OfBlocks(6));
        var plan = new TrainingPlan(Options, NetworkBuilder.Describe(Options, Width, 1), data with { Features = file }, RowSplit.At(300, Rows), new BinaryEvaluator(Loss.CrossEntropy, data, null), Seed: 11);
        using var rows = new EpochRows(plan);
        rows.Shuffle(1);

        int[] first = [.. Batches().SelectMany(batch => batch)];

        first.Order().Should().Equal(Enumerable.Range(0, 300));
        first.Chunk(48).Should().AllSatisfy(window => window.Should().NotBeInAscendingOrder("windows are of 48 rows"));
        var back = () => rows[0..16].Length;
        back.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*expected a later batch, or a rewind*");
        rows.Rewind();
        Batches().SelectMany(batch => batch).Should().Equal(first);
        rows.Shuffle(2);
        Batches().SelectMany(batch => batch).Should().NotEqual(first);

        IEnumerable<int[]> Batches() => Enumerable.Range(0, 20).Select(batch => rows[(batch * 15)..(batch * 15 + 15)].ToArray()).ToList();
    }

    // Memory for two windows of so many blocks of 8 rows, the order of one, and 100 validation rows with output, label and weight.
    private static long OfBlocks(int blocks) => blocks * (2 * 96 + 32) + 1200;

    private static MlpOptions Options { get; } = new() { HiddenLayers = [8], BatchSize = 16, NumberOfEpochs = 4, EarlyStopping = new() { Patience = 50 }, InputScaling = InputScaling.Robust };

    private static DataBlock Data(bool sorted)
    {
        var random = new RandomStream(3, "data");
        float[][] rows = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Width).Select(_ => (float)random.NextNormal()).ToArray())];
        if (sorted)
            rows = [.. rows.OrderBy(row => row[0] > row[1])];
        return new DataBlock(Rows, Width, 1, [.. rows.SelectMany(row => row)], [.. rows.Select(row => row[0] > row[1] ? 1f : 0)], null);
    }

    // Blocks of 8 rows.
    private static FileRows InFile(TestFolder folder, DataBlock data, long memory) => new(RowFileCases.Write(folder, data.Features.Array!, Width, shift: 3), memory);

    private static IEnumerable<EpochReport> Measured(TrainingHistory history) => history.Epochs.Select(report => report with { Seconds = 0, Layers = null });

    private static (NetworkWeights Weights, TrainingHistory History) Train(MlpOptions options, DataBlock data)
    {
        var split = RowSplit.Random([.. Enumerable.Range(0, Rows)], 0.25f, null, new RandomStream(5, "split"));
        var inputs = FittedInputs.Of(options.InputScaling, data, split.Training, split.Validation, seed: 5)!;
        var scaled = inputs.Apply(data, inPlace: false);
        var plan = new TrainingPlan(options, NetworkBuilder.Describe(options, Width, 1, scaled.Layout), scaled, split, new BinaryEvaluator(Loss.CrossEntropy, scaled, null), Seed: 11)
        {
            Strata = options.StratifiedBatches ? data.ClassIndices() : null,
        };
        return TrainingLoop.Run(plan, new TrainingObserver(_ => { }, () => false, TimeProvider.System), new ManagedEngine());
    }
}
