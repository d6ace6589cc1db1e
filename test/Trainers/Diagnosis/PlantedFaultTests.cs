using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Diagnosis;

/// <summary>What is wrong with a training is named.</summary>
[TestClass]
public sealed class PlantedFaultTests
{
    private static readonly DeepMlpOptions s_options = Diagnosed.Options;

    [TestMethod]
    [DataRow("Binary", 1f)]
    [DataRow("Regression", 1f)]
    [DataRow("Multiclass", 3f)]
    public void Diagnose_RateFarTooHigh_IsNamed(string task, float rate)
    {
        var finding = Find("LearningRateTooHigh", task, LearnableRows.Draw(), s_options with { Optimizer = new AdamOptions { LearningRate = rate } });

        finding.Severity.Should().Be(FindingSeverity.Error);
        finding.Evidence.Should().Match($"a LearningRate of {rate:G2} is far too high: in a range test the loss was least at *");
        finding.Advice.Should().StartWith("Try 0.0");
    }

    [TestMethod]
    public void Diagnose_RateThatDiverges_IsNamed()
    {
        var names = Diagnosed.NamesOf("Regression", LearnableRows.Draw(), s_options with { Optimizer = new SgdOptions { LearningRate = 5 } });

        names.Should().Contain(["DivergedTraining", "LearningRateTooHigh"]);
    }

    [TestMethod]
    [DataRow("Binary")]
    [DataRow("Regression")]
    public void Diagnose_RateFarTooLow_IsNamed(string task) =>
        Find("LearningRateTooLow", task, LearnableRows.Draw(), s_options with { Optimizer = new AdamOptions { LearningRate = 1e-4f } }).Evidence
            .Should().Match("a LearningRate of 0.0001 is far too low: the validation loss of epoch *, is that of epoch * at a rate of *");

    [TestMethod]
    public void Diagnose_StartAtZero_IsRefusedByName() => FluentActions.Invoking(() => Diagnosed.Of("Binary", LearnableRows.Draw(), s_options with { Initializer = WeightInitializer.Zero }))
        .Should().Throw<ArgumentException>().WithMessage("*Initializer must not give all units of a hidden layer the same weights*");

    [TestMethod]
    [DataRow("Binary")]
    [DataRow("Regression")]
    public void Diagnose_StartNextToZero_IsNamed(string task) =>
        Find("VanishingLayers", task, LearnableRows.Draw(), s_options with { Initializer = new SmallNormalInitializer(1e-6f) });

    [TestMethod]
    public void Diagnose_HugeStart_IsNamed()
    {
        var names = Diagnosed.NamesOf("Binary", LearnableRows.Draw(), s_options with { HiddenLayers = [32, 32], Initializer = new SmallNormalInitializer(30) });

        names.Should().Contain(["ExplodingLayers", "LargeInitialLoss"]);
    }

    [TestMethod]
    [DataRow(1e4f)]
    [DataRow(1e-4f)]
    public void Diagnose_UnscaledFeatures_AreNamed(float factor)
    {
        var rows = LearnableRows.Draw(change: (row, _) => row.Features = Array.ConvertAll(row.Features, value => factor * value));

        Find("UnscaledFeatures", "Binary", rows, s_options with { InputScaling = null });
    }

    [TestMethod]
    [DataRow("Binary")]
    [DataRow("Multiclass")]
    [DataRow("Multilabel")]
    [DataRow("Regression")]
    [DataRow("Outputs")]
    public void Diagnose_LeakedLabel_IsNamed(string task)
    {
        var random = new Random(1);
        var rows = LearnableRows.Draw(change: (row, _) => row.Features[2] = 0.02f * (random.NextSingle() - 0.5f) + (task switch
        {
            "Binary" => row.Truth ? 1 : 0,
            "Multiclass" => row.Class,
            "Multilabel" => row.Flags[1],
            "Regression" => 0.3f * row.Value,
            _ => row.Values[1],
        }));

        Find("LeakedLabel", task, rows).Evidence.Should().StartWith("1 of 6 features is nearly the label: slot 2 (counted from 0) ");
    }

    [TestMethod]
    public void Diagnose_ShuffledLabels_AreNamed()
    {
        foreach (string task in Diagnosed.Tasks)
        {
            var rows = LearnableRows.Draw(601);
            foreach (var (row, other) in rows.Zip(rows.Skip(1)))
                (row.Truth, row.Class, row.Value, row.Values) = (other.Truth, other.Class, other.Value, other.Values);

            Find("UnrelatedLabels", task, rows[..600]);
        }
    }

    [TestMethod]
    public void Diagnose_DeadUnits_AreNamed()
    {
        Find("DeadUnits", "Regression", LearnableRows.Draw(), s_options with { BiasStart = -20 }).Evidence.Should().StartWith("before the first step 100 % of the units of layer ");
    }

    [TestMethod]
    [DataRow("Regression", 3f)]
    [DataRow("Binary", 30f)]
    public void Diagnose_UnitsThatDieOfARate_AreNotToldBesideIt(string task, float rate)
    {
        var options = s_options with { DropoutRate = 0, NumberOfEpochs = 20, Activation = Activation.Relu, Optimizer = new AdamOptions { LearningRate = rate }, EarlyStopping = new() { RestoreBest = false, Patience = 100 } };

        var names = Diagnosed.NamesOf(task, LearnableRows.Draw(), options);

        names.Should().Contain("LearningRateTooHigh").And.NotContain(["DeadUnits", "SaturatedUnits"]);
    }

    [TestMethod]
    public void Diagnose_UnitsSaturatedByFeatures_AreNotToldBesideThem()
    {
        var rows = LearnableRows.Draw(change: (row, _) => row.Features = Array.ConvertAll(row.Features, value => 1e4f * value));

        var names = Diagnosed.NamesOf("Regression", rows, s_options with { InputScaling = null, Activation = Activation.Tanh });

        names.Should().Contain("UnscaledFeatures").And.NotContain(["SaturatedUnits", "WrongGradient"]);
    }

    [TestMethod]
    public void Diagnose_LargeInitialLoss_IsWrittenAsInTheMeasures()
    {
        var rows = LearnableRows.Draw(change: (row, _) => row.Features = Array.ConvertAll(row.Features, value => 1e4f * value));

        var diagnosis = Diagnosed.Of("Regression", rows, s_options with { InputScaling = null });

        string loss = diagnosis.Measures.Single(measure => measure.Name == "initial loss").Value.Split(", ")[0];
        diagnosis.Findings.Single(finding => finding.Name == "LargeInitialLoss").Evidence.Should().StartWith($"before the first step the loss is {loss}, and the loss of predicting the mean is ").And.NotContain("E+");
    }

    [TestMethod]
    public void Diagnose_SaturatedUnits_AreNamed() =>
        Find("SaturatedUnits", "Regression", LearnableRows.Draw(), s_options with { BiasStart = -20, Activation = Activation.Sigmoid });

    [TestMethod]
    public void Diagnose_ConstantAndDuplicatedSlots_AreNamed()
    {
        var rows = LearnableRows.Draw(change: (row, _) => (row.Features[4], row.Features[5]) = (7, row.Features[1]));

        Diagnosed.NamesOf("Regression", rows).Should().BeEquivalentTo(["ConstantSlots", "DuplicatedSlots"]);
    }

    [TestMethod]
    [DataRow("Regression")]
    [DataRow("Binary")]
    public void Diagnose_NetworkFarTooSmall_IsNamed(string task) => Find("NetworkTooSmall", task, LearnableRows.Draw(2000, noise: 0.1), s_options with { HiddenLayers = [1], DropoutRate = 0 });

    [TestMethod]
    [DataRow("Regression")]
    [DataRow("Binary")]
    public void Diagnose_NetworkFarTooLarge_IsNamed(string task) =>
        Find("NetworkTooLarge", task, LearnableRows.Draw(300, noise: 1), s_options with { HiddenLayers = [256, 64], DropoutRate = 0, WeightAveraging = null });

    [TestMethod]
    public void Diagnose_RareClass_IsNamed()
    {
        var rows = LearnableRows.Draw(1000, change: (row, i) => row.Truth = i % 100 == 0);

        Find("RareClasses", "Binary", rows);
    }

    [TestMethod]
    public void Diagnose_BatchOfOneWithBatchNormalization_IsNamed()
    {
        var options = s_options with { Normalization = new BatchNormalization(), BatchSize = null, BatchSizeRule = new TableBatchSizeRule([(10_000, 1)], 1) };

        var diagnosis = Diagnosed.Of("Binary", LearnableRows.Draw(), options);

        diagnosis.Findings.Should().ContainSingle().Which.Evidence.Should().StartWith("Batch normalization needs at least two rows in a batch");
        diagnosis.History.Should().BeNull();
    }

    [TestMethod]
    public void Diagnose_RowsOnBothSides_AreNamed()
    {
        var rows = LearnableRows.Draw(300);

        Find("SharedRows", "Regression", [.. rows, .. rows]).Evidence.Should().MatchRegex("^[0-9]+ of 90 validation rows are among the training rows, too");
    }

    [TestMethod]
    public void Diagnose_WrongDerivative_IsNamed() =>
        Find("WrongGradient", "Regression", LearnableRows.Draw(), s_options with { Activation = CustomActivation.Register("tests.wrong derivative", new WrongDerivative()) });

    [TestMethod]
    [DataRow(0.1, "HighBias")]
    [DataRow(0.9, null)]
    public void Diagnose_HumanError_TellsBias(double human, string? expected)
    {
        var ml = new MLContext(1);
        var diagnosis = Diagnosed.Of(ml, "Binary", SuspiciousRow.Load(ml, LearnableRows.Draw(1000, noise: 2)), diagnosis: new DiagnosisOptions { HumanError = human });

        diagnosis.Findings.Select(finding => finding.Name).Where(name => name.StartsWith("High", StringComparison.Ordinal)).Should().Equal(expected is null ? [] : [expected]);
        diagnosis.Measures.Should().Contain(measure => measure.Name == "bias and variance");
    }

    private static Finding Find(string name, string task, SuspiciousRow[] rows, DeepMlpOptions? options = null)
    {
        var diagnosis = Diagnosed.Of(task, rows, options);
        diagnosis.Findings.Select(finding => finding.Name).Should().Contain(name, $"the diagnosis is {diagnosis}");
        return diagnosis.Findings.First(finding => finding.Name == name);
    }

    private sealed record WrongDerivative : IActivationFunction
    {
        public void Evaluate(ReadOnlySpan<float> x, Span<float> values)
        {
            for (int i = 0; i < x.Length; i++)
                values[i] = MathF.Tanh(x[i]);
        }

        public void Differentiate(ReadOnlySpan<float> x, Span<float> derivatives) => derivatives.Fill(0.5f);
    }
}
