using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Networks.RowFiles;
using MLExtensions.TestSupport;
using MLExtensions.Trainers.Training;

namespace MLExtensions.Trainers.Tests.RowFiles;

/// <summary>What a training from a file gives beside the same from memory, task by task and option by option.</summary>
[TestClass]
public sealed class FromFileTests
{
    private const int Rows = 3000;
    private const int Width = 3;

    private static readonly DeepMlpOptions s_options = Trainer.Quick with { BatchSize = 64, NumberOfEpochs = 3, InputScaling = InputScaling.Robust };

    // The column of labels, and what is trained with.
    private static readonly Dictionary<string, (string Label, Func<DeepMlpOptions, DeepMlpOptions> Change)> s_cases = new()
    {
        ["a number"] = ("Value", o => o),
        ["several numbers"] = ("Values", o => o),
        ["several numbers, some missing"] = ("SomeValues", o => o with { MissingLabels = MissingLabels.Mask }),
        ["rows without label"] = ("SomeValue", o => o with { MissingLabels = MissingLabels.Skip }),
        ["quantiles"] = ("Value", o => o with { Loss = new QuantileLoss(0.1f, 0.5f, 0.9f) }),
        ["two classes"] = ("Truth", o => o with { CalibrateProbabilities = true }),
        ["several classes"] = ("Name", o => o with { StratifiedBatches = true, BalanceClasses = true }),
        ["several labels"] = ("Truths", o => o with { BalanceClasses = true }),
        ["several labels, some missing"] = ("SomeTruths", o => o with { MissingLabels = MissingLabels.Mask }),
        ["weights"] = ("Value", o => o with { ExampleWeightColumnName = "Weight" }),
        ["folds"] = ("Value", o => o with { Ensemble = new() { Members = 3 }, PredictionInterval = new(), ExampleWeightColumnName = "Weight" }),
        ["folds of groups"] = ("Name", o => o with { Ensemble = new() { Members = 3 }, EarlyStopping = new() { ValidationRows = ValidationRows.ByGroup("Group") } }),
        ["latest rows"] = ("Truth", o => o with { EarlyStopping = new() { ValidationRows = ValidationRows.ByTime("Group") } }),
        ["seeds"] = ("Truths", o => o with { Ensemble = new() { Members = 2, Folds = false } }),
        ["refitted"] = ("Values", o => o with { RefitOnAllRows = true }),
        ["one batch"] = ("Value", o => o with { Optimizer = new LbfgsOptions(), BatchSize = null, EarlyStopping = null }),
    };

    public static IEnumerable<object[]> Cases => s_cases.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void TrainOn_AWindowOfAllRows_GivesTheBitsOfMemory(string name)
    {
        var (label, change) = s_cases[name];
        var options = change(s_options) with { LabelColumnName = label };

        if (label is "Truth")
            Compare(new MLContext().BinaryClassification.Trainers.DeepMlp(options), validated: false);
        else if (label is "Name")
            Compare(new MLContext().MulticlassClassification.Trainers.DeepMlp(options), validated: false);
        else if (label is "Truths" or "SomeTruths")
            Compare(new MLContext().MultilabelClassification.Trainers.DeepMlp(options), validated: false);
        else
            Compare(new MLContext().Regression.Trainers.DeepMlp(options), validated: false);
    }

    [TestMethod]
    public void TrainOn_AValidationViewOfItsOwn_GivesTheBitsOfMemory() =>
        Compare(new MLContext().Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value" }), validated: true);

    [TestMethod]
    public void Fit_FromAModelInWindows_GoesOnFromItAndLeavesNoFile()
    {
        using var folder = new TestFolder();
        var ml = new MLContext(seed: 1);
        var options = s_options with { LabelColumnName = "Value", NumberOfEpochs = 6 };
        var model = ml.Regression.Trainers.DeepMlp(options).Fit(View(ml)).Model;
        var few = ml.Regression.Trainers.DeepMlp(options with { NumberOfEpochs = 1, RowMemory = Small(folder) });

        var warm = few.Fit(View(ml), model);
        var again = few.Fit(View(ml), model);

        warm.History.Epochs[0].ValidationLoss.Should().BeLessThan(0.7 * few.Fit(View(ml)).History.Epochs[0].ValidationLoss!.Value, "it does not begin anew");
        again.Model.CopyWeights().Values.Should().Equal(warm.Model.CopyWeights().Values);
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    [TestMethod]
    public void Fit_InterruptedInWindows_GoesOnToTheSameBits()
    {
        using var folder = new TestFolder();
        using var kept = new TestFolder();
        var ml = new MLContext(seed: 1);
        var options = s_options with { LabelColumnName = "Value", NumberOfEpochs = 5, WeightAveraging = new StochasticAveragingOptions { FromEpoch = 2 }, Normalization = Normalization.Batch, RowMemory = Small(folder) };
        float[] whole = ml.Regression.Trainers.DeepMlp(options).Fit(View(ml)).Model.CopyWeights().Values;
        options = options with { Checkpoint = new() { Folder = kept.FullName, EveryEpochs = 1 } };
        using var cancellation = new CancellationTokenSource();
        var interrupted = () => ml.Regression.Trainers.DeepMlp(options with
        {
            CancellationToken = cancellation.Token,
            Progress = TrainingMonitor.OfEpochs(report =>
            {
                if (report.Epoch == 3)
                    cancellation.Cancel();
            }),
        }).Fit(View(ml));
        interrupted.Should().Throw<OperationCanceledException>();
        var epochs = new List<int>();

        var resumed = ml.Regression.Trainers.DeepMlp(options with { Progress = TrainingMonitor.OfEpochs(report => epochs.Add(report.Epoch)) }).Fit(View(ml));

        epochs.Should().NotContain(1, "it goes on");
        resumed.Model.CopyWeights().Values.Should().Equal(whole);
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    [TestMethod]
    public void CrossValidate_InWindows_GivesAModelForEachFoldAndLeavesNoFile()
    {
        using var folder = new TestFolder();
        var ml = new MLContext(seed: 1);

        var folds = ml.Regression.CrossValidate(View(ml), ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", NumberOfEpochs = 8, RowMemory = Small(folder) }), 3, "Value");

        folds.Should().HaveCount(3);
        folds.Should().OnlyContain(fold => fold.Metrics.RSquared > 0.5);
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    private static void Compare<TModel>(DeepMlpTrainer<TModel> trainer, bool validated)
        where TModel : DeepMlpModelParameters
    {
        using var folder = new TestFolder();
        var ml = new MLContext(seed: 1);
        using var rows = trainer.Read(View(ml), validated ? View(ml, seed: 9) : null, () => false, mayBeMissing: true);
        using var inFile = rows with { Data = rows.Data with { Features = InFile(folder, rows.Data.Features.Array!) } };

        var expected = Train(trainer, rows);
        var actual = Train(trainer, inFile);

        actual.Model.CopyWeights().Values.Should().Equal(expected.Model.CopyWeights().Values);
        actual.History.Epochs.Select(epoch => (epoch.TrainingLoss, epoch.ValidationLoss, epoch.ValidationMetric))
            .Should().Equal(expected.History.Epochs.Select(epoch => (epoch.TrainingLoss, epoch.ValidationLoss, epoch.ValidationMetric)));
        (actual.OutOfFold is null).Should().Be(expected.OutOfFold is null);
        actual.OutOfFold?.SelectMany(row => row.Scores.ToArray()).Should().Equal(expected.OutOfFold!.SelectMany(row => row.Scores.ToArray()));
    }

    private static TrainedModel<TModel> Train<TModel>(DeepMlpTrainer<TModel> trainer, ReadRows rows)
        where TModel : DeepMlpModelParameters =>
        trainer.TrainOn(rows, trainer.Split(rows, seed: 5), seed: 5, new TrainingRun(new ManagedEngine { Threads = 1 }, _ => { }, () => false));

    // Blocks of 64 rows.
    private static FileRows InFile(TestFolder folder, float[] values)
    {
        var file = RowFileFolder.Create(folder.FullName, Width, 6);
        foreach (float[] block in values.Chunk(Width << 6))
            file.Append(block);
        return new FileRows(file, memory: 1 << 20);
    }

    private static RowMemoryOptions Small(TestFolder folder) => new() { MaximumBytes = 1 << 16, Folder = folder.FullName };

    // More rows than fit into the memory that is there at least.
    private static IDataView View(MLContext ml, int seed = 1)
    {
        var random = new Random(seed);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(row => Row.Of(row, [random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f])).ToArray());
    }

    private sealed class Row
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = [];

        public float Value { get; set; }

        public float SomeValue { get; set; }

        [VectorType(2)]
        public float[] Values { get; set; } = [];

        [VectorType(2)]
        public float[] SomeValues { get; set; } = [];

        public bool Truth { get; set; }

        public string Name { get; set; } = "";

        [VectorType(2)]
        public bool[] Truths { get; set; } = [];

        [VectorType(2)]
        public float[] SomeTruths { get; set; } = [];

        public float Weight { get; set; }

        public int Group { get; set; }

        public static Row Of(int row, float[] features)
        {
            float value = 3 + 2 * features[0] - features[1], other = -10 * features[2];
            bool lacks = row % 7 == 0;
            return new Row
            {
                Features = features,
                Value = value,
                SomeValue = lacks ? float.NaN : value,
                Values = [value, other],
                SomeValues = [value, lacks ? float.NaN : other],
                Truth = value > 3,
                Name = features[0] > 0.2f ? "red" : features[1] > 0 ? "green" : "blue",
                Truths = [value > 3, other > 0],
                SomeTruths = [value > 3 ? 1 : 0, lacks ? float.NaN : other > 0 ? 1 : 0],
                // Some rows weigh nothing.
                Weight = row % 4,
                Group = row / 20,
            };
        }
    }
}
