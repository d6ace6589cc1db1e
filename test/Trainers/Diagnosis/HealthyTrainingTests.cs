using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Diagnosis;

/// <summary>Trainings that nothing is wrong with give no finding.</summary>
[TestClass]
public sealed class HealthyTrainingTests
{
    public static IEnumerable<object[]> Tasks => Diagnosed.Tasks.Select(task => new object[] { task });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Diagnose_EveryTask_FindsNothing(string task)
    {
        var diagnosis = Diagnosed.Of(task, LearnableRows.Draw());

        diagnosis.Findings.Should().BeEmpty();
        diagnosis.ToString().Should().StartWith("Nothing suspicious was found.").And.Contain("learned by heart in").And.Contain("a range test suggests");
        diagnosis.LearningRates!.Suggestion.Should().NotBeNull();
        diagnosis.History!.Epochs.Should().NotBeEmpty();
    }

    [TestMethod]
    [DataRow("Binary", 120, 0.3)]
    [DataRow("Regression", 120, 0.3)]
    [DataRow("Multiclass", 2000, 0.3)]
    [DataRow("Regression", 2000, 0.0)]
    [DataRow("Binary", 600, 1.5)]
    [DataRow("Regression", 600, 2.5)]
    public void Diagnose_FewRowsManyRowsNoise_FindsNothing(string task, int rows, double noise) =>
        Diagnosed.Of(task, LearnableRows.Draw(rows, noise)).Findings.Should().BeEmpty();

    [TestMethod]
    [DataRow("Binary")]
    [DataRow("Regression")]
    public void Diagnose_Defaults_FindNothing(string task) =>
        Diagnosed.Of(task, LearnableRows.Draw(), new DeepMlpOptions { Seed = 1, NumberOfEpochs = 30, Engine = new ManagedEngine { Threads = 1 } }).Findings.Should().BeEmpty();

    [TestMethod]
    public void Diagnose_OtherOptimizersActivationsLosses_FindsNothing()
    {
        var rows = LearnableRows.Draw();
        foreach (var options in new[]
        {
            Diagnosed.Options with { Activation = Activation.Tanh },
            Diagnosed.Options with { Normalization = new BatchNormalization() },
            Diagnosed.Options with { Loss = new HuberLoss(), L2Regularization = 1e-4f },
            Diagnosed.Options with { Optimizer = new SgdOptions { LearningRate = 0.02f } },
            Diagnosed.Options with { Loss = new QuantileLoss(0.1f, 0.5f, 0.9f) },
            Diagnosed.Options with { Optimizer = new LbfgsOptions(), BatchSize = null, DropoutRate = 0, L2Regularization = 0.01f },
        })
        {
            Diagnosed.Of("Regression", rows, options).Findings.Should().BeEmpty($"nothing is wrong with {options}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Diagnose_Ensemble_LooksAtTheFirstMember(string task)
    {
        var diagnosis = Diagnosed.Of(task, LearnableRows.Draw(), Diagnosed.Options with { Ensemble = new() { Members = 3 } });

        diagnosis.Findings.Should().BeEmpty();
        diagnosis.History!.Members.Should().BeEmpty();
        Diagnosed.NamesOf(task, LearnableRows.Draw(change: (row, _) => row.Features[1] *= 1e5f), Diagnosed.Options with { Ensemble = new() { Members = 3 }, InputScaling = null }).Should().Contain("UnscaledFeatures");
    }

    [TestMethod]
    [DataRow("Binary", true)]
    [DataRow("Multiclass", true)]
    [DataRow("Multilabel", true)]
    [DataRow("Binary", false)]
    [DataRow("Multilabel", false)]
    public void Diagnose_WeightedClasses_FindsNothing(string task, bool balanced)
    {
        var options = balanced ? Diagnosed.Options with { BalanceClasses = true } : Diagnosed.Options with { ClassWeights = [1, 4] };

        Diagnosed.Of(task, LearnableRows.Draw(), options).Findings.Should().BeEmpty();
    }

    [TestMethod]
    [DataRow("Regression")]
    [DataRow("Binary")]
    public void Diagnose_WeightedRows_FindsNothing(string task) =>
        Diagnosed.Of(task, LearnableRows.Draw(change: (row, i) => row.Weight = i % 4), Diagnosed.Options with { ExampleWeightColumnName = "Weight" }).Findings.Should().BeEmpty();

    [TestMethod]
    [DataRow("Outputs")]
    [DataRow("Multilabel")]
    public void Diagnose_MissingLabels_FindsNothing(string task)
    {
        var rows = LearnableRows.Draw(change: (row, i) => row.Values[1] = i % 5 == 0 ? float.NaN : row.Values[1]);

        var diagnosis = Diagnosed.Of(task, rows, Diagnosed.Options with { MissingLabels = MissingLabels.Mask });

        diagnosis.Findings.Should().BeEmpty();
        diagnosis.Measures.Should().Contain(measure => measure.Name == "subset" && measure.Value.Contains("learned by heart"));
    }

    [TestMethod]
    [DataRow("Binary", "AUC")]
    [DataRow("Binary", "F1")]
    [DataRow("Multiclass", "macro F1")]
    [DataRow("Multilabel", "AUC")]
    [DataRow("Regression", "R2")]
    [DataRow("Outputs", "MAE")]
    public void Diagnose_WatchedMetric_FindsNothingAndTellsIt(string task, string metric)
    {
        var diagnosis = Diagnosed.Of(task, LearnableRows.Draw(), Diagnosed.Options with { EarlyStopping = new() { Metric = ValidationMetric.OfName(metric) } });

        diagnosis.Findings.Should().BeEmpty();
        diagnosis.Measures.Should().Contain(measure => measure.Name == metric);
    }

    [TestMethod]
    [DataRow("Binary", "AUC")]
    [DataRow("Binary", "F1")]
    [DataRow("Regression", "R2")]
    public void Diagnose_WatchedMetricAndShuffledLabels_AreNamed(string task, string metric)
    {
        var rows = LearnableRows.Draw(601);
        foreach (var (row, other) in rows.Zip(rows.Skip(1)))
            (row.Truth, row.Value) = (other.Truth, other.Value);

        Diagnosed.NamesOf(task, rows[..600], Diagnosed.Options with { EarlyStopping = new() { Metric = ValidationMetric.OfName(metric) } }).Should().Contain("UnrelatedLabels");
    }

    [TestMethod]
    public void Diagnose_WithoutEarlyStopping_SetsRowsAside() =>
        Diagnosed.Of("Regression", LearnableRows.Draw(), Diagnosed.Options with { EarlyStopping = null, NumberOfEpochs = 20 }).History!.ValidationRows.Should().Be(90);

    [TestMethod]
    public void Diagnose_Trainer_StaysAsItIs()
    {
        var ml = new MLContext(1);
        var data = SuspiciousRow.Load(ml, LearnableRows.Draw(200));
        var trainer = ml.Regression.Trainers.DeepMlp(Diagnosed.Options with { LabelColumnName = "Value", NumberOfEpochs = 5 });
        float[] before = trainer.Fit(data).Model.CopyWeights().Values;

        var history = trainer.Diagnose(data).History!;

        trainer.Fit(data).Model.CopyWeights().Values.Should().Equal(before);
        history.Epochs.Select(epoch => epoch.TrainingLoss).Should().Equal(trainer.Fit(data).History.Epochs.Select(epoch => epoch.TrainingLoss), "it trains as Fit does");
    }
}
