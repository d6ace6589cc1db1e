using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Labels that are missing, or that training does not know: named by set, row, column and value, or left out.</summary>
[TestClass]
public sealed class MissingLabelTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with { NumberOfEpochs = 5 };
    private static readonly DeepMlpOptions s_skipping = s_options with { MissingLabels = MissingLabels.Skip };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_EmptyText_NamesTheRow()
    {
        string[] labels = [.. Labels(40)];
        labels[7] = "";

        MessageOf(() => Fit(s_options, labels)).Should().Be(
            "Row 7 (counted from 0) of label column 'Label' of the training data has no usable value (empty or blank text): expected a value. Drop such rows, or leave them out with MissingLabels.Skip.");
        MessageOf(() => Fit(s_options, Labels(40), labels)).Should().StartWith("Row 7 (counted from 0) of label column 'Label' of the validation data has no usable value (empty or blank text)");
    }

    [TestMethod]
    public void Fit_SkippingMissingLabels_TrainsAsWithoutTheRows()
    {
        string[] labels = [.. Labels(300)];
        for (int row = 0; row < labels.Length; row += 3)
            labels[row] = "";
        var rows = LabelRow<string>.Of(labels);
        foreach (var row in rows.Where(row => row.Label == ""))
            row.Features = [float.NaN, 0, 0];
        var kept = _ml.Data.LoadFromEnumerable(rows.Where(row => row.Label != ""));
        var trainer = _ml.MulticlassClassification.Trainers.DeepMlp(s_skipping);

        var model = trainer.Fit(_ml.Data.LoadFromEnumerable(rows), _ml.Data.LoadFromEnumerable(rows)).Model;

        model.CopyWeights().Values.Should().Equal(trainer.Fit(kept, kept).Model.CopyWeights().Values);
    }

    [TestMethod]
    public void Fit_SkippingMissingLabels_LogsHowManyOfEachSet()
    {
        string[] labels = [.. Labels(40)];
        string[] validation = [.. Labels(20)];
        labels[3] = labels[4] = "";
        validation[7] = "";
        var messages = new List<string>();
        _ml.Log += (_, log) => messages.Add(log.RawMessage);

        Fit(s_skipping, labels, validation);

        messages.Where(message => message.Contains("left out")).Should().Equal(
            "DeepMlpMulticlassTrainer: left out 2 of 40 training rows without label in column 'Label'.",
            "DeepMlpMulticlassTrainer: left out 1 of 20 validation rows without label in column 'Label'.");
    }

    [TestMethod]
    public void Fit_SkippingWhereNothingIsMissing_LogsNothingOfIt()
    {
        var messages = new List<string>();
        _ml.Log += (_, log) => messages.Add(log.RawMessage);

        Fit(s_skipping, Labels(40));

        messages.Should().NotBeEmpty().And.NotContain(message => message.Contains("left out"));
    }

    [TestMethod]
    [DataRow(" ")]
    [DataRow("\t \n")]
    [DataRow("\u00a0")]
    public void Fit_BlankText_IsMissing(string blank)
    {
        string[] labels = [.. Labels(40)];
        labels[7] = blank;

        MessageOf(() => Fit(s_options, labels)).Should().StartWith("Row 7 (counted from 0) of label column 'Label' of the training data has no usable value (empty or blank text): expected a value.");
        _ml.MulticlassClassification.Trainers.DeepMlp(s_skipping).Fit(Load(labels)).Model.ClassNames.Should().Equal("a", "b", "c");
    }

    [TestMethod]
    public void Fit_SkippingMissingNumbers_TrainsOnTheOthers()
    {
        float[] labels = [.. Enumerable.Range(0, 60).Select(row => row % 2 == 0 ? float.NaN : 5)];
        var model = _ml.Regression.Trainers.DeepMlp(s_skipping with { EarlyStopping = null }).Fit(_ml.Data.LoadFromEnumerable(LabelRow<float>.Of(labels))).Model;

        model.LabelMeans.Should().Equal(5);
    }

    [TestMethod]
    public void Fit_ErrorAfterSkippedRows_CountsAllRows()
    {
        string[] labels = [.. Labels(40)];
        labels[2] = labels[3] = "";
        var rows = LabelRow<string>.Of(labels);
        rows[9].Features = [0, float.NaN, 0];

        MessageOf(() => _ml.MulticlassClassification.Trainers.DeepMlp(s_skipping).Fit(_ml.Data.LoadFromEnumerable(rows)))
            .Should().StartWith("Row 9 (counted from 0) of feature column 'Features' of the training data has NaN in slot 1");
    }

    [TestMethod]
    public void Fit_AllLabelsMissing_SaysSo() => MessageOf(() => Fit(s_skipping, Enumerable.Repeat("", 40)))
        .Should().Be("The training data has no row with a label: all 40 are missing in column 'Label'.");

    [TestMethod]
    public void Fit_ValidationLabelThatTrainingDoesNotKnow_NamesIt() => MessageOf(() => Fit(s_options, Labels(40), [.. Labels(5), "purple"])).Should().Be(
        "Row 5 (counted from 0) of label column 'Label' of the validation data has 'purple', not among the 3 values ('a', 'b', 'c') of the training rows. " +
        "Validate on rows of the same classes, or train on some of that class.");

    [TestMethod]
    public void Evaluate_LabelsThatTrainingDoesNotKnow_AreNotMeasured()
    {
        var model = _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = 0.03f } }).Fit(Load(Labels(60)));
        string[] judged = ["a", "b", "c", "purple", " ", "a"];

        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(Load(judged)));

        metrics.ConfusionMatrix.Counts.Sum(counts => counts.Sum()).Should().Be(4);
    }

    [TestMethod]
    public void Fit_ManyClasses_NamesSomeOfThem()
    {
        var labels = Enumerable.Range(0, 60).Select(row => $"c{row % 20:00}").ToArray();
        Action fit = () => _ml.MulticlassClassification.Trainers.DeepMlp(s_options).Fit(Load(labels), Load(["new"]));

        fit.Should().Throw<InvalidOperationException>().WithMessage(
            "*not among the 20 values ('c00', 'c01', 'c02', 'c03', 'c04', 'c05', 'c06', 'c07', 'c08', 'c09' and 10 more) of the training rows*");
    }

    [TestMethod]
    public void Fit_InfiniteLabelOfAClass_NamesTheRow() => MessageOf(() => _ml.MulticlassClassification.Trainers.DeepMlp(s_options)
            .Fit(_ml.Data.LoadFromEnumerable(LabelRow<float>.Of([.. Enumerable.Range(0, 40).Select(row => row % 3f), float.PositiveInfinity]))))
        .Should().Be("Row 40 (counted from 0) of label column 'Label' has Infinity: expected a finite number.");

    [TestMethod]
    public void Fit_KeysMappedApart_AreRefused()
    {
        var (training, validation) = (Keys(Labels(40)), Keys(Labels(40).Skip(1)));
        Action fit = () => _ml.MulticlassClassification.Trainers.DeepMlp(s_options).Fit(training, validation);

        fit.Should().Throw<ArgumentException>().WithMessage("Schema mismatch for validation label column 'Label': expected key 1 to be 'a' as in the training data, got 'b'. " +
            "The two were mapped apart: map them by one fitted MapValueToKey, or leave the label unmapped. (Parameter 'Label')");
    }

    [TestMethod]
    public void Options_MissingLabelsThatAreNone_AreRefused()
    {
        Action make = () => _ml.Regression.Trainers.DeepMlp(s_options with { MissingLabels = (MissingLabels)7 });

        make.Should().Throw<ArgumentException>().WithMessage("*- MissingLabels must be one of Refuse, Skip, Mask, got 7*");
    }

    private static IEnumerable<string> Labels(int count) => Enumerable.Range(0, count).Select(row => "abc"[row % 3].ToString());

    private IDataView Load(IEnumerable<string> labels) => _ml.Data.LoadFromEnumerable(LabelRow<string>.Of(labels));

    private IDataView Keys(IEnumerable<string> labels) => _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Load(labels)).Transform(Load(labels));

    private void Fit(DeepMlpOptions options, IEnumerable<string> labels, IEnumerable<string>? validation = null)
    {
        var trainer = _ml.MulticlassClassification.Trainers.DeepMlp(options);
        if (validation is null)
            trainer.Fit(Load(labels));
        else
            trainer.Fit(Load(labels), Load(validation));
    }

    private static string MessageOf(Action action)
    {
        try
        {
            action();
            return "none";
        }
        catch (Exception exception)
        {
            return exception.GetBaseException().Message;
        }
    }
}
