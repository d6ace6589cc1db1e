using System.Globalization;
using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Messages write numbers as code does, whatever the culture of the thread.</summary>
[TestClass]
public sealed class CultureTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    [TestInitialize]
    public void UseCommasAndAnotherMinus()
    {
        var format = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "−", PercentSymbol = "pct", NaNSymbol = "keine" };
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = format };
    }

    [TestCleanup]
    public void RestoreCulture() => CultureInfo.CurrentCulture = _culture;

    [TestMethod]
    public void Options_Invalid_AreWrittenInTheInvariantCulture()
    {
        var options = new DeepMlpOptions
        {
            HiddenLayers = [-3],
            Activation = new LeakyReluActivation(float.NaN),
            Initializer = new SmallNormalInitializer(-0.5f),
            BiasStart = float.NaN,
            DropoutRate = -0.25f,
            InputDropoutRate = 1.5f,
            DropoutRates = [-0.75f],
            Optimizer = new AdamWOptions { LearningRate = -0.1f, Beta1 = 1.25f, Beta2 = -0.5f, Epsilon = -1e-5f, WeightDecay = -2.5f },
            L1Regularization = -0.5f,
            L2Regularization = -1.5f,
            BatchSize = -1,
            NumberOfEpochs = -2,
            ClassWeights = [-0.125f],
            EarlyStopping = new EarlyStoppingOptions { MinimumImprovement = -0.5f, Patience = -1, ValidationFraction = -0.5f },
        };

        string message = MessageOf(() => _ml.Regression.Trainers.DeepMlp(options));

        message.Should().NotContain("−").And.NotContain("keine").And.NotContain(",5").And.NotContain(",25");
        message.Should().ContainAll("HiddenLayers[0] must be at least 1, got -3", "StandardDeviation must be positive and finite, got -0.5",
            "LearningRate must be positive and finite, got -0.1", "Beta1 must be at least 0 and below 1, got 1.25",
            "WeightDecay must be at least 0 and finite, got -2.5", "ValidationFraction must be above 0 and below 1, got -0.5");
        foreach (var optimizer in new OptimizerOptions[] { new SgdOptions { Momentum = -0.5f }, new RmsPropOptions { Alpha = -0.5f, Epsilon = -0.5f, Momentum = -0.5f } })
            MessageOf(() => _ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { Optimizer = optimizer })).Should().Contain("got -0.5").And.NotContain("−");
    }

    [TestMethod]
    public void Rows_Unusable_AreWrittenInTheInvariantCulture()
    {
        var rows = Examples.Rows();
        rows[4].ZeroOrOne = -0.5f;

        MessageOf(() => Fit(LearningTask.Binary, options => options with { LabelColumnName = "ZeroOrOne" }, rows)).Should().Contain("has '-0.5', beside");
        rows[3].Weight = -1.5f;
        MessageOf(() => Fit(LearningTask.Regression, options => options with { ExampleWeightColumnName = "Weight" }, rows)).Should().Contain("has -1.5:");
        rows[2].Features[0] = float.NaN;
        MessageOf(() => Fit(LearningTask.Regression, null, rows)).Should().Contain("has NaN in slot 0");
        MessageOf(() => Fit(LearningTask.Regression, null, Examples.Rows(1))).Should().StartWith("Setting aside 15 % of 1 row");
    }

    [TestMethod]
    public void Training_Reported_IsWrittenInTheInvariantCulture()
    {
        var messages = new List<string>();
        _ml.Log += (_, log) => messages.Add(log.Message);

        Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression), Examples.Load(_ml));
        string diverged = MessageOf(() => Fit(LearningTask.Regression, options => options with { Optimizer = new SgdOptions { LearningRate = 1e30f } }, Examples.Rows()));

        messages.Should().Contain(message => System.Text.RegularExpressions.Regex.IsMatch(message, @"epoch 1, training loss \d+\.\d{5}, validation loss \d+\.\d{5}, "));
        messages.Should().NotContain(message => message.Contains("training loss") && System.Text.RegularExpressions.Regex.IsMatch(message, @"\d,\d"));
        diverged.Should().Contain("Lower LearningRate (now 1E+30)").And.NotContain("keine");
    }

    private static void Fit(LearningTask task, Func<DeepMlpOptions, DeepMlpOptions>? change, Example[] rows) => Trainer.Fit(task, change, rows);

    private static string MessageOf(Action action) => action.Should().Throw<Exception>().Which.Message;
}
