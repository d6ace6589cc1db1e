using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;
using MLExtensions.Trainers.Tests.Checkpoints;

namespace MLExtensions.Trainers.Tests.RowFiles;

/// <summary>Trainings whose rows do not all fit into the memory that they may take.</summary>
[TestClass]
public sealed class RowMemoryTests
{
    private const int Rows = 4000;

    private static readonly DeepMlpOptions s_options = Trainer.Quick with { BatchSize = 64, NumberOfEpochs = 3, InputScaling = InputScaling.Robust };

    // What fits is counted in bytes: of a row the features take 12, and in memory labels, weights, splits and order as many as the first number says. The second is what does not hold all rows.
    private static readonly Dictionary<string, (LearningTask Task, int Besides, int Bytes, Func<DeepMlpOptions, DeepMlpOptions> Change)> s_cases = new()
    {
        ["regression"] = (LearningTask.Regression, 16, 90_000, o => o),
        ["binary"] = (LearningTask.Binary, 16, 90_000, o => o with { CalibrateProbabilities = true }),
        ["multiclass"] = (LearningTask.Multiclass, 16, 90_000, o => o with { StratifiedBatches = true, BalanceClasses = true }),
        ["not scaled"] = (LearningTask.Regression, 16, 90_000, o => o with { InputScaling = null }),
        ["quantiles, bins"] = (LearningTask.Regression, 16, 90_000, o => o with { InputScaling = InputScaling.Quantile, NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 4 } }),
        ["weights"] = (LearningTask.Regression, 20, 110_000, o => o with { ExampleWeightColumnName = "Weight" }),
        ["groups"] = (LearningTask.Regression, 20, 110_000, o => o with { EarlyStopping = new() { ValidationRows = ValidationRows.ByGroup("Class") } }),
        ["last rows"] = (LearningTask.Regression, 16, 90_000, o => o with { EarlyStopping = new() { ValidationRows = ValidationRows.Last } }),
        ["metric"] = (LearningTask.Binary, 16, 90_000, o => o with { EarlyStopping = new() { Metric = ValidationMetric.AreaUnderRocCurve } }),
        ["no early stopping"] = (LearningTask.Regression, 16, 90_000, o => o with { EarlyStopping = null }),
        ["refitted"] = (LearningTask.Regression, 20, 90_000, o => o with { RefitOnAllRows = true }),
        ["folds"] = (LearningTask.Regression, 32, 150_000, o => o with { Ensemble = new() { Members = 3 }, PredictionInterval = new() }),
        ["seeds"] = (LearningTask.Binary, 28, 120_000, o => o with { Ensemble = new() { Members = 3, Folds = false } }),
        ["several in one"] = (LearningTask.Regression, 16, 90_000, o => o with { BatchEnsemble = new() { Members = 3 } }),
        ["measured, averaged"] = (LearningTask.Regression, 16, 111_000, o => o with { MeasureTraining = true, Diagnostics = new(), Normalization = Normalization.Batch, WeightAveraging = new StochasticAveragingOptions { FromEpoch = 2 } }),
    };

    public static IEnumerable<object[]> Cases => s_cases.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fit_RowsThatFit_GivesTheSameBitsAndWritesNothing(string name)
    {
        var (task, besides, _, change) = s_cases[name];
        using var folder = new TestFolder();
        // For the rows once, and not once more scaled.
        var options = change(s_options);
        int bytes = Rows * (12 + besides);

        var fitted = Fit(task, options with { RowMemory = InFolder(folder, bytes), Progress = TrainingMonitor.OfEpochs(_ => FilesIn(folder).Should().BeEmpty()) });

        CheckpointTests.ShouldBeTheSame(fitted, Fit(task, options));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fit_RowsThatDoNotFit_LearnsFromAFileAndRemovesIt(string name)
    {
        var (task, _, bytes, change) = s_cases[name];
        using var folder = new TestFolder();
        var options = change(s_options) with { RowMemory = InFolder(folder, bytes) };
        int epochs = 0;
        var expected = Fit(task, change(s_options));

        var fitted = Fit(task, options with
        {
            Progress = TrainingMonitor.OfEpochs(_ =>
            {
                epochs++;
                FilesIn(folder).Should().ContainSingle().Which.Length.Should().Be(Rows * 12);
            }),
        });

        epochs.Should().BeGreaterThanOrEqualTo(3);
        FilesIn(folder).Should().BeEmpty();
        fitted.Weights.Should().NotEqual(expected.Weights, "the rows come in another order");
        Loss(fitted).Should().BeLessThan(1.2 * Loss(expected) + 0.02);
        CheckpointTests.ShouldBeTheSame(Fit(task, options with { Engine = new ManagedEngine { Threads = 2 } }), fitted);
    }

    [TestMethod]
    public void Fit_Interrupted_GoesOnFromItsCheckpointAndLeavesNoFile()
    {
        using var folder = new TestFolder();
        using var kept = new TestFolder();
        var options = s_options with { RowMemory = InFolder(folder, 90_000) };
        var whole = Fit(LearningTask.Regression, options);
        options = options with { Checkpoint = new() { Folder = kept.FullName, EveryEpochs = 1 } };
        using var cancellation = new CancellationTokenSource();
        var interrupted = () => Fit(LearningTask.Regression, options with { CancellationToken = cancellation.Token, Progress = TrainingMonitor.OfEpochs(_ => cancellation.Cancel()) });
        interrupted.Should().Throw<OperationCanceledException>();
        FilesIn(folder).Should().BeEmpty();

        using (var other = new TestFolder())
            Fit(LearningTask.Regression, options with { RowMemory = InFolder(other, 90_000) }).Weights.Should().Equal(whole.Weights, "the folder changes nothing");
    }

    [TestMethod]
    public void Fit_OtherWindowsThanThoseOfTheCheckpoint_IsRefusedWithTheDifference()
    {
        using var folder = new TestFolder();
        using var kept = new TestFolder();
        var options = s_options with { Checkpoint = new() { Folder = kept.FullName, EveryEpochs = 1 } };
        using var cancellation = new CancellationTokenSource();
        var interrupted = () => Fit(LearningTask.Regression, options with { CancellationToken = cancellation.Token, Progress = TrainingMonitor.OfEpochs(_ => cancellation.Cancel()) });
        interrupted.Should().Throw<OperationCanceledException>();

        var act = () => Fit(LearningTask.Regression, options with { RowMemory = InFolder(folder, 90_000) });

        act.Should().Throw<InvalidOperationException>().WithMessage("*rows in memory, by RowMemory.MaximumBytes: all rows at once then, windows of * blocks of * rows now*");
        FilesIn(folder).Should().BeEmpty();
        Fit(LearningTask.Regression, options with { RowMemory = InFolder(folder, 1 << 20) }).History.Epochs.Should().HaveCount(3, "rows that fit are those of before");
    }

    [TestMethod]
    public void Fit_ManyLabelsOfARow_LearnsFromAFile()
    {
        using var folder = new TestFolder();
        var ml = new MLContext(seed: 1);
        var options = s_options with { LabelColumnName = "Values", RowMemory = InFolder(folder, 110_000), Progress = TrainingMonitor.OfEpochs(_ => FilesIn(folder).Should().ContainSingle()) };

        var fitted = ml.Regression.Trainers.DeepMlp(options).Fit(Examples.Load(ml, Rows));

        fitted.History.Epochs[^1].ValidationLoss.Should().BeLessThan(0.5);
        FilesIn(folder).Should().BeEmpty();
    }

    [TestMethod]
    public void FindLearningRateAndDiagnose_RowsThatDoNotFit_LeaveNoFile()
    {
        using var folder = new TestFolder();
        var ml = new MLContext(seed: 1);
        var trainer = ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", RowMemory = InFolder(folder, 105_000) });

        trainer.FindLearningRate(Examples.Load(ml, Rows)).Losses.Should().NotBeEmpty();
        trainer.Diagnose(Examples.Load(ml, Rows));

        FilesIn(folder).Should().BeEmpty();
    }

    [TestMethod]
    public void Fit_TooManyRowsForTheirLabels_IsRefusedWithWhatIsNeeded()
    {
        using var folder = new TestFolder();

        var act = () => Fit(LearningTask.Regression, s_options with { Ensemble = new() { Members = 5 }, RowMemory = InFolder(folder, 1 << 16) });

        act.Should().Throw<InvalidOperationException>().WithMessage("RowMemory.MaximumBytes of 65,536 is too little for 4,000 rows*take 36 bytes of each, and 32 while rows are set aside. Expected at least 164,572 for these, and 42 for each row behind them: raise it, or give fewer rows.");
        FilesIn(folder).Should().BeEmpty();
    }

    [TestMethod]
    public void Options_OutOfRange_AreRefused()
    {
        Action make = () => new MLContext().Regression.Trainers.DeepMlp(s_options with { RowMemory = new() { MaximumBytes = 65_535, Folder = " " } });

        make.Should().Throw<ArgumentException>().WithMessage("*- RowMemory.MaximumBytes must be at least 65536, got 65535*- RowMemory.Folder must be null or the path of a folder, got an empty text*");
    }

    private static RowMemoryOptions InFolder(TestFolder folder, int bytes) => new() { MaximumBytes = bytes, Folder = folder.FullName };

    private static FileInfo[] FilesIn(TestFolder folder) => new DirectoryInfo(folder.FullName).GetFiles();

    private static double Loss(Fitted fitted) => fitted.History.Epochs[^1].ValidationLoss ?? fitted.History.Epochs[^1].TrainingLoss;

    private static Fitted Fit(LearningTask task, DeepMlpOptions options)
    {
        var ml = new MLContext(seed: 1);
        return Trainer.Fit(task, ml, options with { LabelColumnName = Trainer.LabelOf(task) }, Examples.Load(ml, Rows));
    }
}
