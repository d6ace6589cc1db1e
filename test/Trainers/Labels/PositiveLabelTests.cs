using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>The positive class is chosen, or follows a rule that no order of rows turns over.</summary>
[TestClass]
public sealed class PositiveLabelTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with { NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = 0.03f } };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(">50K", "<=50K", 20, 40, ">50K")]
    [DataRow(">50K", "<=50K", 40, 20, "<=50K")]
    [DataRow("a", "b", 30, 30, "b")]
    [DataRow("0", "1", 20, 40, "0")]
    public void Fit_Text_TakesTheRarerOrElseTheLarger(string first, string second, int ofFirst, int ofSecond, string positive)
    {
        string[] labels = [.. Enumerable.Repeat(first, ofFirst), .. Enumerable.Repeat(second, ofSecond)];

        foreach (string[] rows in new[] { labels, labels.Reverse().ToArray() })
        {
            var data = _ml.Data.LoadFromEnumerable(LabelRow<string>.Of(rows));
            var keys = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);

            Positive(data).Should().Be(positive);
            Positive(keys).Should().Be(positive, "keys are in the order in which their values were met");
        }
    }

    [TestMethod]
    [DataRow(0f, 1f, 50, 10, "1")]
    [DataRow(0f, 1f, 10, 50, "1")]
    [DataRow(-1f, 1f, 10, 50, "1")]
    [DataRow(1f, 2f, 10, 50, "1")]
    [DataRow(1f, 2f, 50, 10, "2")]
    public void Fit_Numbers_TakeTheOneAboveZeroOrElseTheRarer(float first, float second, int ofFirst, int ofSecond, string positive) =>
        Positive(_ml.Data.LoadFromEnumerable(LabelRow<float>.Of([.. Enumerable.Repeat(first, ofFirst), .. Enumerable.Repeat(second, ofSecond)]))).Should().Be(positive);

    [TestMethod]
    public void Fit_Boolean_TakesTrue() =>
        Positive(_ml.Data.LoadFromEnumerable(LabelRow<bool>.Of([.. Enumerable.Repeat(true, 50), .. Enumerable.Repeat(false, 10)]))).Should().Be("True");

    [TestMethod]
    public void Fit_Weights_CountAsRows()
    {
        var rows = Enumerable.Range(0, 60).Select(row => new WeightedRow { Label = row % 3 == 0 ? "a" : "b", Weight = row % 3 == 0 ? 5 : 1, Features = [row % 3 == 0 ? 1 : 0, 1, 0] });

        Positive(_ml.Data.LoadFromEnumerable(rows), s_options with { ExampleWeightColumnName = "Weight" }).Should().Be("b");
        Positive(_ml.Data.LoadFromEnumerable(rows)).Should().Be("a");
    }

    [TestMethod]
    [DataRow("ham", "ham")]
    [DataRow("spam", "spam")]
    public void Fit_PositiveLabel_IsIt(string named, string positive)
    {
        string[] labels = [.. Enumerable.Range(0, 60).Select(row => row % 4 == 0 ? "spam" : "ham")];
        var data = _ml.Data.LoadFromEnumerable(LabelRow<string>.Of(labels));
        var keys = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);

        foreach (var view in new[] { data, keys })
        {
            var model = _ml.BinaryClassification.Trainers.DeepMlp(s_options with { PositiveLabel = named }).Fit(view);
            var scored = SavedModels.ThroughStream(model, view.Schema).Transform(view);
            var metrics = _ml.BinaryClassification.Evaluate(scored);

            model.Model.PositiveLabel.Should().Be(positive);
            scored.GetColumn<float>("Probability").Select(probability => probability > 0.5f).Should().Equal(labels.Select(label => label == positive));
            metrics.Accuracy.Should().Be(1);
            if (view == data)
            {
                scored.GetColumn<float>("Label").Should().Equal(labels.Select(label => label == positive ? 1f : 0f), "the names of keys would stand at the wrong rows of ML.NET's table");
                metrics.ConfusionMatrix.GetFormattedConfusionTable().Should().Contain("positive ||").And.NotContain("ham");
            }
            metrics.ConfusionMatrix.Counts[0][0].Should().Be(labels.Count(label => label == positive), "ML.NET counts the positive class first");
        }
    }

    [TestMethod]
    [DataRow("true", "True")]
    [DataRow("FALSE", "False")]
    public void Fit_PositiveBoolean_IsItInAnyCase(string named, string positive)
    {
        var data = _ml.Data.LoadFromEnumerable(LabelRow<bool>.Of(Enumerable.Range(0, 60).Select(row => row % 2 == 0)));
        var model = _ml.BinaryClassification.Trainers.DeepMlp(s_options with { PositiveLabel = named }).Fit(data);

        model.Model.PositiveLabel.Should().Be(positive);
        _ml.BinaryClassification.Evaluate(model.Transform(data)).Accuracy.Should().Be(1);
        model.Transform(data).GetColumn<bool>("PredictedLabel").Should().Equal(data.GetColumn<bool>("Label"));
    }

    [TestMethod]
    [DataRow(null, 1)]
    [DataRow("1", 0)]
    [DataRow("2", 1)]
    public void Fit_KeysWithoutValues_AreKnownByTheirNumber(string? named, int positive)
    {
        var rows = Enumerable.Range(0, 60).Select(row => new KeyRow { Label = row % 3 == 0 ? 1u : 0u, Features = [row % 3 == 0 ? 1 : 0, 0, 0] }).ToArray();
        var data = _ml.Data.LoadFromEnumerable(rows);
        var model = _ml.BinaryClassification.Trainers.DeepMlp(s_options with { PositiveLabel = named }).Fit(data);
        var scored = SavedModels.ThroughStream(model, data.Schema).Transform(data);

        model.Model.ClassNames.Should().BeNull();
        scored.GetColumn<float>("Probability").Select(probability => probability > 0.5f).Should().Equal(rows.Select(row => row.Label == positive));
        scored.GetColumn<uint>("PredictedLabel").Should().Equal(data.GetColumn<uint>("Label"));
        _ml.BinaryClassification.Evaluate(scored).Accuracy.Should().Be(1);
    }

    [TestMethod]
    public void Fit_PositiveLabelThatIsNone_NamesThoseThatAre()
    {
        Action fit = () => Positive(_ml.Data.LoadFromEnumerable(LabelRow<string>.Of(Enumerable.Range(0, 60).Select(row => row % 2 == 0 ? "no" : "yes"))), s_options with { PositiveLabel = "ja" });

        fit.Should().Throw<ArgumentException>().WithMessage("PositiveLabel is 'ja', not among the 2 values ('no', 'yes') of label column 'Label'.");
    }

    [TestMethod]
    [DataRow("Yes", "yes")]
    [DataRow(" yes", "yes")]
    [DataRow("yes   ", "yes")]
    [DataRow("yes.", "yes")]
    [DataRow("other", "Other ")]
    public void Fit_PositiveLabelThatIsNearlyOne_AsksWhetherItIsMeant(string named, string meant)
    {
        Action fit = () => Positive(_ml.Data.LoadFromEnumerable(LabelRow<string>.Of(Enumerable.Range(0, 60).Select(row => row % 2 == 0 ? "Other " : "yes"))), s_options with { PositiveLabel = named });

        fit.Should().Throw<ArgumentException>().WithMessage($"PositiveLabel is '{named}', not among the 2 values (*) of label column 'Label'. Did you mean '{meant}'?");
    }

    [TestMethod]
    [DataRow("1.0", "1")]
    [DataRow("0.00", "0")]
    [DataRow("1e0", "1")]
    public void Fit_PositiveWholeNumberWithDecimals_IsIt(string named, string positive) =>
        Positive(_ml.Data.LoadFromEnumerable(LabelRow<int>.Of(Enumerable.Range(0, 60).Select(row => row % 2))), s_options with { PositiveLabel = named }).Should().Be(positive);

    [TestMethod]
    [DataRow("1.5")]
    [DataRow("1,00")]
    public void Fit_PositiveNumberThatIsNone_IsRefused(string named)
    {
        Action fit = () => Positive(_ml.Data.LoadFromEnumerable(LabelRow<int>.Of(Enumerable.Range(0, 60).Select(row => 10 * (row % 2)))), s_options with { PositiveLabel = named });

        fit.Should().Throw<ArgumentException>().WithMessage($"PositiveLabel is '{named}', not among the 2 values ('0', '10') of label column 'Label'.");
    }

    [TestMethod]
    public void Fit_OneValue_SaysSo()
    {
        Action fit = () => Positive(_ml.Data.LoadFromEnumerable(LabelRow<string>.Of(Enumerable.Repeat("no", 60))));

        fit.Should().Throw<InvalidOperationException>().WithMessage("Label column 'Label' has 1 value ('no') in the training rows: expected two, of which one is positive. " +
            "Check the label, or whether the data is sorted by it and cut.");
    }

    [TestMethod]
    public void Options_PositiveLabelOfAnotherTask_IsRefused()
    {
        Action multiclass = () => _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { PositiveLabel = "yes" });

        multiclass.Should().Throw<ArgumentException>().WithMessage("*- PositiveLabel is for binary classification: multiclass classification has no positive class*");
    }

    [TestMethod]
    public void Fit_RarerOfTwoTexts_IsLogged() => LogsOfChoice("spam", "ham").Should().Equal("'spam' is positive, the rarer of the two (25 % of the training rows); set PositiveLabel to choose.");

    [TestMethod]
    public void Fit_NumberAboveZero_IsLogged()
    {
        LogsOfChoice(0, 1).Should().Equal("'1' is positive, the only one above 0; set PositiveLabel to choose.");
        LogsOfChoice(1f, 0f).Should().Equal("'1' is positive, the only one above 0; set PositiveLabel to choose.");
    }

    [TestMethod]
    public void Fit_True_IsLogged() => LogsOfChoice(true, false).Should().Equal("'True' is positive, being true.");

    [TestMethod]
    public void Fit_NamedValue_IsLogged() => LogsOfChoice(s_options with { PositiveLabel = "0" }, 0, 1).Should().Equal("'0' is positive, by PositiveLabel.");

    private List<string> LogsOfChoice<T>(T rarer, T commoner) => LogsOfChoice(s_options with { NumberOfEpochs = 1 }, rarer, commoner);

    private List<string> LogsOfChoice<T>(DeepMlpOptions options, T rarer, T commoner)
    {
        const string Start = "DeepMlpBinaryTrainer: label column 'Label': ";
        var messages = new List<string>();
        _ml.Log += (_, log) =>
        {
            if (log.RawMessage.StartsWith(Start, StringComparison.Ordinal))
                messages.Add(log.RawMessage[Start.Length..]);
        };

        Positive(_ml.Data.LoadFromEnumerable(LabelRow<T>.Of(Enumerable.Range(0, 60).Select(row => row % 4 == 0 ? rarer : commoner))), options);

        return messages.Distinct().Count() == messages.Count ? messages : throw new InvalidOperationException("a choice was logged twice");
    }

    private string? Positive(IDataView data, DeepMlpOptions? options = null) => _ml.BinaryClassification.Trainers.DeepMlp(options ?? s_options).Fit(data).Model.PositiveLabel;

    private sealed class WeightedRow
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";

        public float Weight { get; set; }
    }

    private sealed class KeyRow
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }
    }
}
