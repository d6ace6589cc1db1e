using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Diagnosis;

/// <summary>What is legal and seldom meant is warned of in ML.NET's log, once, with numbers and what to try.</summary>
[TestClass]
public sealed class FindingsTests
{
    private static readonly DeepMlpOptions s_options = new()
    {
        InputScaling = null,
        NumberEmbedding = null,
        WeightAveraging = null,
        HiddenLayers = [8],
        NumberOfEpochs = 20,
        BatchSize = 32,
        Seed = 1,
        Optimizer = new AdamOptions { LearningRate = 0.01f },
        Engine = new ManagedEngine { Threads = 1 },
    };

    [TestMethod]
    [DataRow("Binary")]
    [DataRow("Multiclass")]
    [DataRow("Regression")]
    public void Fit_OrdinaryRows_WarnsOfNothing(string task) => WarningsOf(task, SuspiciousRow.Draw()).Should().BeEmpty();

    [TestMethod]
    public void Fit_FeatureFarFromZero_IsWarnedOf()
    {
        var rows = SuspiciousRow.Draw(change: (row, _) => row.Features[2] = 5000 + 200 * row.Features[2]);

        WarningsOf("Regression", rows, s_options, "a", "b", "Population", "d").Should().ContainSingle(warning => warning.Contains("not scaled")).Which.Should().Be(
            "DeepMlpRegressionTrainer: the features are not scaled: 1 of 4 is far from 0 and 1, namely slot 2 ('Population', counted from 0) with mean 5.01E+03 and standard deviation 200. " +
            "Leave InputScaling at its default, or put a scaler such as ScaleStandard before the trainer.");
    }

    [TestMethod]
    public void Fit_UnscaledFeaturesThatTheTrainerScales_AreNotWarnedOf()
    {
        var rows = SuspiciousRow.Draw(change: (row, _) => row.Features[2] = 5000 + 200 * row.Features[2]);

        WarningsOf("Regression", rows, s_options with { InputScaling = InputScaling.Robust }).Should().BeEmpty();
    }

    [TestMethod]
    public void Fit_FeaturesFarFromZero_AreCounted()
    {
        var rows = SuspiciousRow.Draw(change: (row, _) => (row.Features[1], row.Features[2], row.Features[3]) = (300 + row.Features[1], 5000 + 200 * row.Features[2], 101 + row.Features[3]));

        WarningsOf("Regression", rows)[0].Should().StartWith("DeepMlpRegressionTrainer: the features are not scaled: 3 of 4 are far from 0 and 1, above all slot 2 (counted from 0) with mean 5.01E+03 ");
    }

    [TestMethod]
    public void Fit_FeaturesOfVeryDifferentSpread_AreWarnedOf()
    {
        var rows = SuspiciousRow.Draw(change: (row, _) => row.Features[3] = 0.5f + 1e-4f * row.Features[3]);

        OnlyWarningOf("Regression", rows).Should().MatchRegex("^the features are not scaled: 3 of 4 have over 1,000 times the standard deviation of slot 3 \\(counted from 0\\) with mean 0.5 and " +
            "standard deviation [0-9.E-]+, above all slot [0-2] with mean [0-9.E-]+ and standard deviation [0-9.]+. Leave InputScaling at its default, or put a scaler such as ScaleStandard before the trainer.$");
    }

    [TestMethod]
    public void Fit_FeaturesOfVeryDifferentMean_AreWarnedOf()
    {
        var rows = SuspiciousRow.Draw(change: (row, i) => (row.Features[2], row.Features[3]) = (90 + 0.01f * row.Features[2], 0.01f * row.Features[3]));

        OnlyWarningOf("Regression", rows).Should().StartWith("the features are not scaled: 1 of 4 has over 1,000 times the size of slot 3 (counted from 0) with mean ")
            .And.Contain(", namely slot 2 with mean 90 and standard deviation 0.0");
    }

    [TestMethod]
    public void Fit_FewRows_AreWarnedOf() => OnlyWarningOf("Regression", SuspiciousRow.Draw(30), s_options with { HiddenLayers = [] }).Should().Be(
        "25 rows to train on are few for any network (under 30), and 5 to validate on say little. Give more rows, or try a linear model and cross-validation.");

    [TestMethod]
    public void Fit_OneRow_IsWarnedOfInTheSingular() => WarningsOf("Regression", SuspiciousRow.Draw(1), s_options with { HiddenLayers = [], EarlyStopping = null }).Should().Contain(
        "DeepMlpRegressionTrainer: 1 row to train on is few for any network (under 30), and 0 to validate on say little. Give more rows, or try a linear model and cross-validation.");

    [TestMethod]
    public void Fit_ConstantLabel_IsWarnedOf() => WarningsOf("Regression", SuspiciousRow.Draw(change: (row, _) => row.Value = 2.5f), s_options with { EarlyStopping = null }).Should().Equal(
        "DeepMlpRegressionTrainer: the label is 2.5 in all 400 training rows: there is nothing to learn. Check the label column, and whether the data is sorted by it and cut.");

    [TestMethod]
    public void Fit_OneConstantLabelOfSeveral_IsWarnedOf()
    {
        var rows = SuspiciousRow.Draw(change: (row, _) => row.Values[1] = 0);

        OnlyWarningOf("Regression", rows, s_options with { LabelColumnName = "Values" }).Should().StartWith("label 1 (counted from 0) is 0 in all 340 training rows: ");
    }

    [TestMethod]
    public void Fit_RareClass_IsWarnedOfUnlessClassesAreBalanced()
    {
        var rows = SuspiciousRow.Draw(1000, (row, _) => row.Truth = row.Features[0] > 2);

        OnlyWarningOf("Binary", rows).Should().Be("class 'True' is 25 of 850 training rows, 2.94 %: the model may hardly ever predict it. " +
            "Try BalanceClasses or ClassWeights, and look at the confusion matrix rather than at the accuracy.");
        WarningsOf("Binary", rows, s_options with { BalanceClasses = true }).Should().BeEmpty();
        WarningsOf("Binary", rows, s_options with { ClassWeights = [1, 5] }).Should().BeEmpty();
    }

    [TestMethod]
    public void Fit_ConstantFeatures_AreWarnedOf()
    {
        var rows = SuspiciousRow.Draw(change: (row, _) => (row.Features[2], row.Features[3]) = (7, 0));

        OnlyWarningOf("Binary", rows, "a", "b", "Unit", "d").Should().Be("2 of 4 features are constant in all 400 rows: slot 2 ('Unit', counted from 0) is 7, slot 3 ('d') is 0. " +
            "They tell nothing; check how they come about, or leave them out.");
    }

    [TestMethod]
    public void Fit_OneConstantFeature_IsWarnedOfInTheSingular() =>
        OnlyWarningOf("Binary", SuspiciousRow.Draw(change: (row, _) => row.Features[3] = 0)).Should().Be("1 of 4 features is constant in all 400 rows: slot 3 (counted from 0) is 0. " +
            "It tells nothing; check how it comes about, or leave it out.");

    [TestMethod]
    public void Fit_FeatureThatIsConstantBeyondTheSample_IsNotWarnedOf()
    {
        var rows = SuspiciousRow.Draw(20_001, (row, i) => row.Features[3] = i == 20_000 ? 1 : 0, slots: 120);

        WarningsOf("Binary", rows, s_options with { NumberOfEpochs = 1, BatchSize = 512, EarlyStopping = null }).Should().NotContain(warning => warning.Contains("constant"));
    }

    [TestMethod]
    public void Fit_DuplicatedFeature_IsWarnedOf()
    {
        var rows = SuspiciousRow.Draw(change: (row, _) => row.Features[3] = row.Features[1]);

        OnlyWarningOf("Binary", rows).Should().Be("1 of 4 features has the values of another in all 400 rows: slot 3 (counted from 0) those of slot 1. " +
            "Leave out the copy, and check that the label is not among them.");
    }

    [TestMethod]
    public void Fit_ManyParameters_AreWarnedOf() => OnlyWarningOf("Binary", SuspiciousRow.Draw(), s_options with { HiddenLayers = [400, 50] }).Should().Be(
        "the network has 22,101 parameters for 1,360 numbers (340 rows of 4 features), more than 10 times as many. Try fewer units in HiddenLayers, or DropoutRate and L2Regularization.");

    [TestMethod]
    public void Fit_NetworkOfAPresetHeldByEarlyStopping_IsNotWarnedOf()
    {
        var options = new DeepMlpOptions { Seed = 1, Engine = s_options.Engine, NumberOfEpochs = 3 };

        WarningsOf("Binary", SuspiciousRow.Draw(), options).Should().BeEmpty();
        WarningsOf("Binary", SuspiciousRow.Draw(), DeepMlpOptions.TabM(LossTasks.BinaryClassification) with { Seed = 1, NumberOfEpochs = 3 }).Should().BeEmpty();
        WarningsOf("Binary", SuspiciousRow.Draw(), options with { DropoutRate = 0, HiddenLayers = [128, 130] }).Should().ContainSingle();
        WarningsOf("Binary", SuspiciousRow.Draw(), options with { EarlyStopping = null }).Should().ContainSingle().Which.Should().Contain("more than 10 times as many");
    }

    [TestMethod]
    public void Fit_RateFarTooHigh_IsWarnedOf()
    {
        var options = s_options with { Optimizer = new SgdOptions { LearningRate = 0.9f, Momentum = 0 }, EarlyStopping = null, HiddenLayers = [], BatchSize = 400, NumberOfEpochs = 60 };

        OnlyWarningOf("Regression", SuspiciousRow.Draw(), options).Should().MatchRegex("^the training loss rose from [0-9.]+ in epoch 1 to [0-9.E+]+ in epoch 60: " +
            "a LearningRate of 0.9 may be far too high. Try 0.09, or a schedule that warms up.$");
    }

    [TestMethod]
    [DataRow("Binary", "the commonest class: accuracy")]
    [DataRow("Multiclass", "the commonest class: accuracy")]
    [DataRow("Regression", "the mean of the training labels: RMSE")]
    public void Fit_LabelsThatHaveNothingToDoWithTheFeatures_AreWarnedOf(string task, string guess)
    {
        var rows = SuspiciousRow.Draw(2000);
        var others = SuspiciousRow.Draw(2001)[1..];
        foreach (var (row, other) in rows.Zip(others))
            (row.Truth, row.Class, row.Value) = (other.Truth, other.Class, other.Value);

        OnlyWarningOf(task, rows).Should().MatchRegex($"^on the [0-9]+ validation rows the model is no better than predicting {guess} [0-9.]+, that of the guess [0-9.]+. " +
            "Check that rows have their own labels and that features are scaled; try another LearningRate or more epochs.$");
    }

    [TestMethod]
    public void Fit_RowsLearnedByHeart_AreWarnedOf()
    {
        var rows = SuspiciousRow.Draw(120, slots: 30);
        var options = s_options with { HiddenLayers = [64], DropoutRate = 0, NumberOfEpochs = 200, EarlyStopping = new EarlyStoppingOptions { Patience = 200 } };
        for (int i = 0; i < rows.Length; i++)
            rows[i].Value += 3 * rows[(i + 1) % rows.Length].Features[5];

        WarningsOf("Regression", rows, options).Should().ContainSingle(warning => warning.Contains("by heart")).Which.Should().MatchRegex(
            "^DeepMlpRegressionTrainer: at the end the loss is [0-9.E-]+ on the training rows and [0-9.]+ on the validation rows: the network learns rows by heart. " +
            "The model is that of epoch [0-9]+, with [0-9.]+ on the validation rows. Try fewer units in HiddenLayers, DropoutRate, L2Regularization, or more rows.$");
    }

    [TestMethod]
    public void Fit_CategoriesAmongTheFeatures_AreNoNumbersToScale()
    {
        var ml = new MLContext(seed: 1);
        var warnings = Warnings.Of(ml);

        Trainer.Of(LearningTask.Binary, ml, s_options with { LabelColumnName = "Truth" }).Fit(CategoryRow.Load(ml, CategoryRow.Draw(300), CategoryRow.Counts));

        warnings.Should().BeEmpty();
    }

    private static string OnlyWarningOf(string task, SuspiciousRow[] rows, params string[] names) => OnlyWarningOf(task, rows, s_options, names);

    private static string OnlyWarningOf(string task, SuspiciousRow[] rows, DeepMlpOptions options, params string[] names)
    {
        string warning = WarningsOf(task, rows, options, names).Should().ContainSingle().Which;
        warning.Should().StartWith($"DeepMlp{task}Trainer: ");
        return warning[$"DeepMlp{task}Trainer: ".Length..];
    }

    private static List<string> WarningsOf(string task, SuspiciousRow[] rows, DeepMlpOptions? options = null, params string[] names)
    {
        var ml = new MLContext(seed: 1);
        var warnings = Warnings.Of(ml);
        var kind = Enum.Parse<LearningTask>(task);
        string label = kind switch { LearningTask.Binary => "Truth", LearningTask.Multiclass => "Class", _ => "Value" };
        options ??= s_options;

        Trainer.Of(kind, ml, options.LabelColumnName == "Label" ? options with { LabelColumnName = label } : options).Fit(SuspiciousRow.Load(ml, rows, names));

        return warnings;
    }
}
