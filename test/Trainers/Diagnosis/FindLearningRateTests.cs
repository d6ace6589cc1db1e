using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Diagnosis;

[TestClass]
public sealed class FindLearningRateTests
{
    private static readonly MLContext s_ml = new(1);

    private static readonly DeepMlpOptions s_options = Trainer.Quick with { HiddenLayers = [16] };

    private static readonly IDataView s_rows = SuspiciousRow.Load(s_ml, SuspiciousRow.Draw(500));

    [TestMethod]
    [DataRow("Truth")]
    [DataRow("Class")]
    [DataRow("Value")]
    [DataRow("Values")]
    public void FindLearningRate_EveryTask_SuggestsARateThatLearns(string label)
    {
        var curve = Find(label, s_options);

        curve.Suggestion!.Value.Should().BeInRange(1e-4f, 0.1f);
        curve.Least.Should().BeApproximately(10 * curve.Suggestion!.Value, 1e-6f);
        curve.Rates[0].Should().BeApproximately(1e-7f, 1e-9f);
        curve.Rates.Should().BeInAscendingOrder().And.HaveSameCount(curve.Losses);
    }

    [TestMethod]
    public void FindLearningRate_UnscaledFeatures_WarnsAsFitDoes()
    {
        var ml = new MLContext(1);
        var warnings = Warnings.Of(ml);
        var rows = SuspiciousRow.Load(ml, SuspiciousRow.Draw(500, (row, _) => row.Features[1] *= 1e5f));

        ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", InputScaling = null }).FindLearningRate(rows);
        ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", InputScaling = InputScaling.Robust }).FindLearningRate(rows);

        warnings.Should().ContainSingle().Which.Should().Contain("the features are not scaled: 1 of 4 is far from 0 and 1, namely slot 1 (counted from 0)");
    }

    [TestMethod]
    public void FindLearningRate_SeveralLabels_SuggestsARate()
    {
        var random = new Random(1);
        var rows = s_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ => new Flagged { Features = [random.NextSingle() - 0.5f, random.NextSingle() - 0.5f] }).ToList());

        s_ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Flags" }).FindLearningRate(rows).Suggestion.Should().NotBeNull();
    }

    [TestMethod]
    public void FindLearningRate_Options_SayWhereRatesAre()
    {
        var curve = Find("Value", s_options, new() { From = 1e-4f, To = 1e-2f, Steps = 50 });

        curve.Rates.Should().HaveCount(50);
        curve.Rates[0].Should().BeApproximately(1e-4f, 1e-6f);
        curve.Rates[^1].Should().BeApproximately(1e-2f, 1e-4f);
        curve.Diverged.Should().BeFalse();
    }

    [TestMethod]
    public void FindLearningRate_LossLeaves_EndsThere()
    {
        var curve = Find("Value", s_options with { Optimizer = new SgdOptions { Momentum = 0 } }, new() { To = 1e4f });

        curve.Diverged.Should().BeTrue();
        curve.Rates[^1].Should().BeLessThan(1e3f);
        curve.Rates.Count.Should().BeLessThan(1000);
    }

    [TestMethod]
    public void FindLearningRate_Trainer_StaysAsItIs()
    {
        var trainer = s_ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value" });
        float[] before = trainer.Fit(s_rows).Model.CopyWeights().Values;
        var first = trainer.FindLearningRate(s_rows);

        trainer.Fit(s_rows).Model.CopyWeights().Values.Should().Equal(before);
        trainer.FindLearningRate(s_rows).Losses.Should().Equal(first.Losses);
    }

    [TestMethod]
    public void FindLearningRate_Progress_IsNotTold()
    {
        var monitor = new RecordingMonitor();

        Find("Value", s_options with { Progress = monitor });

        monitor.Tracks.Should().BeEmpty();
    }

    [TestMethod]
    public void FindLearningRate_OptimizerWithoutRate_IsRefused() =>
        FluentActions.Invoking(() => Find("Value", s_options with { Optimizer = new LbfgsOptions(), BatchSize = null, DropoutRate = 0 }))
            .Should().Throw<InvalidOperationException>().WithMessage("LbfgsOptions finds the length of each step itself*");

    [TestMethod]
    public void FindLearningRate_OptionsOutOfRange_AreToldAtOnce() =>
        FluentActions.Invoking(() => Find("Value", s_options, new() { From = 1, To = 0.1f, Steps = 3 }))
            .Should().Throw<ArgumentException>().WithMessage("*To must be above From, 1, and finite, got 0.1*Steps must be at least 20, got 3*");

    [TestMethod]
    public void FindLearningRate_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        FluentActions.Invoking(() => Find("Value", s_options with { CancellationToken = source.Token })).Should().Throw<OperationCanceledException>();
    }

    private static LearningRateCurve Find(string label, DeepMlpOptions options, LearningRateTestOptions? test = null)
    {
        options = options with { LabelColumnName = label };
        return label switch
        {
            "Truth" => s_ml.BinaryClassification.Trainers.DeepMlp(options).FindLearningRate(s_rows, test),
            "Class" => s_ml.MulticlassClassification.Trainers.DeepMlp(options).FindLearningRate(s_rows, test),
            _ => s_ml.Regression.Trainers.DeepMlp(options).FindLearningRate(s_rows, test),
        };
    }

    private sealed class Flagged
    {
        [Microsoft.ML.Data.VectorType(2)]
        public float[] Features { get; set; } = [];

        [Microsoft.ML.Data.VectorType(2)]
        public float[] Flags => [Features[0] > 0 ? 1 : 0, Features[1] > 0 ? 1 : 0];
    }
}
