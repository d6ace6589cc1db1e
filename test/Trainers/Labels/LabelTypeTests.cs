using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Labels are taken as people have them, come back in their own type, and ML.NET evaluates them.</summary>
[TestClass]
public sealed class LabelTypeTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with { NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = 0.03f } };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_Text_GivesItBack() => ComesBack("no", "yes", "maybe");

    [TestMethod]
    public void Fit_Boolean_GivesItBack() => ComesBack(false, true);

    [TestMethod]
    public void Fit_Single_GivesItBack() => ComesBack(-1.5f, 2.25f, 30f);

    [TestMethod]
    public void Fit_Double_GivesItBack() => ComesBack(0.1, -1.0 / 3, 1e300);

    [TestMethod]
    public void Fit_Byte_GivesItBack() => ComesBack<byte>(0, 3, 255);

    [TestMethod]
    public void Fit_Int32_GivesItBack() => ComesBack(3, -7, int.MaxValue);

    [TestMethod]
    public void Fit_Int64_GivesItBack() => ComesBack(long.MinValue, 0, long.MaxValue);

    [TestMethod]
    public void Fit_DateTime_GivesItBack() => ComesBack(new DateTime(2026, 1, 1), new DateTime(2025, 1, 1), new DateTime(2026, 1, 1, 0, 0, 1));

    [TestMethod]
    public void Fit_TimeSpan_GivesItBack() => ComesBack(TimeSpan.FromDays(2), TimeSpan.FromTicks(-1), TimeSpan.Zero);

    [TestMethod]
    public void Fit_MulticlassValues_HasClassesInAscendingOrderWhateverThatOfRows()
    {
        var sorted = Rows("b", "a", "c");
        var trainer = _ml.MulticlassClassification.Trainers.DeepMlp(s_options);

        var first = trainer.Fit(_ml.Data.LoadFromEnumerable(sorted)).Model;
        var second = trainer.Fit(_ml.Data.LoadFromEnumerable(sorted.Reverse())).Model;

        first.ClassNames.Should().Equal("a", "b", "c");
        second.ClassNames.Should().Equal("a", "b", "c");
    }

    [TestMethod]
    public void CrossValidate_TextLabels_MeasuresThem()
    {
        var binary = _ml.BinaryClassification.CrossValidate(_ml.Data.LoadFromEnumerable(Rows("ham", "spam", "ham")),
            _ml.BinaryClassification.Trainers.DeepMlp(s_options), numberOfFolds: 3);
        var multiclass = _ml.MulticlassClassification.CrossValidate(_ml.Data.LoadFromEnumerable(Rows("a", "b", "c")),
            _ml.MulticlassClassification.Trainers.DeepMlp(s_options), numberOfFolds: 3);

        binary.Should().OnlyContain(fold => fold.Metrics.Accuracy == 1 && fold.Metrics.PositiveRecall == 1);
        binary.Should().OnlyContain(fold => ((DeepMlpTransformer<DeepMlpBinaryModelParameters>)fold.Model).Model.PositiveLabel == "spam");
        multiclass.Should().OnlyContain(fold => fold.Metrics.MicroAccuracy == 1);
        multiclass[0].Metrics.ConfusionMatrix.GetFormattedConfusionTable().Should().ContainAll("a", "b", "c");
    }

    [TestMethod]
    public void Evaluate_NumbersThatAreNoIndices_MeasuresThem()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows(3, 5, 8));
        var singles = _ml.Data.LoadFromEnumerable(Rows(3f, 5f, 8f));
        var twoAndOne = _ml.Data.LoadFromEnumerable(Rows(1f, 2f));
        var trainer = _ml.MulticlassClassification.Trainers.DeepMlp(s_options);

        _ml.MulticlassClassification.Evaluate(trainer.Fit(data).Transform(data)).MicroAccuracy.Should().Be(1);
        _ml.MulticlassClassification.Evaluate(trainer.Fit(singles).Transform(singles)).MicroAccuracy.Should().Be(1, "3 is no index of a class");
        _ml.BinaryClassification.Evaluate(_ml.BinaryClassification.Trainers.DeepMlp(s_options).Fit(twoAndOne).Transform(twoAndOne)).Accuracy
            .Should().Be(1, "both labels are above 0, and one is positive");
    }

    [TestMethod]
    public void Transform_LabelThatEvaluatorsRead_StaysAsItIs()
    {
        var trainer = _ml.BinaryClassification.Trainers.DeepMlp(s_options);

        trainer.Fit(_ml.Data.LoadFromEnumerable(Rows(true, false))).GetOutputSchema(_ml.Data.LoadFromEnumerable(Rows(true, false)).Schema)["Label"].Type.Should().Be(BooleanDataViewType.Instance);
        trainer.Fit(_ml.Data.LoadFromEnumerable(Rows(0f, 1f))).GetOutputSchema(_ml.Data.LoadFromEnumerable(Rows(0f, 1f)).Schema)["Label"].Type.Should().Be(NumberDataViewType.Single);
    }

    [TestMethod]
    public void Transform_UnknownOrMissingLabel_IsAMissingKey()
    {
        var model = _ml.MulticlassClassification.Trainers.DeepMlp(s_options).Fit(_ml.Data.LoadFromEnumerable(Rows("a", "b", "c")));

        var scored = model.Transform(_ml.Data.LoadFromEnumerable(LabelRow<string>.Of("c", "new", "")));

        scored.GetColumn<uint>("Label").Should().Equal(3, 0, 0);
    }

    /// <summary>A test set whose keys were made from itself.</summary>
    [TestMethod]
    public void Evaluate_KeysOfAnotherOrder_AreReadByTheirValues()
    {
        var rows = Rows("a", "b", "c");
        var training = Keys(rows);
        var test = Keys([.. rows.Reverse()]);
        var model = _ml.MulticlassClassification.Trainers.DeepMlp(s_options).Fit(training);

        test.GetColumn<uint>("Label").First().Should().Be(1);
        model.Model.ClassNames.Should().Equal("a", "b", "c");
        _ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy.Should().Be(1);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(50)]
    public void Regression_WholeNumbersAndBooleans_AreNumbers(int factor)
    {
        var options = s_options with { NumberOfEpochs = 200 };
        var whole = _ml.Data.LoadFromEnumerable(Rows(factor, 2 * factor, 3 * factor));
        var truth = _ml.Data.LoadFromEnumerable(Rows(false, true));
        var doubles = _ml.Data.LoadFromEnumerable(Rows(1.5 * factor, -2.0 * factor));
        var trainer = _ml.Regression.Trainers.DeepMlp(options);

        foreach (var data in new[] { whole, truth, doubles })
        {
            var scored = trainer.Fit(data).Transform(data);
            _ml.Regression.Evaluate(scored).RSquared.Should().BeGreaterThan(0.95);
            Shapes.TextsOf(trainer.GetOutputSchema(Shapes.Of(data))).Should().Equal(Shapes.TextsOf(Shapes.Of(scored)));
        }
        trainer.Fit(truth).Transform(_ml.Data.LoadFromEnumerable([new UnlabelledRow { Features = [0, 1, 0] }])).GetColumn<float>("Score").Single().Should().BeInRange(0.7f, 1);
    }

    private void ComesBack<T>(params T[] labels)
    {
        var rows = Rows(labels);
        var data = _ml.Data.LoadFromEnumerable(rows);
        var unlabelled = _ml.Data.LoadFromEnumerable(rows.Select(row => new UnlabelledRow { Features = row.Features }));
        var trainer = _ml.MulticlassClassification.Trainers.DeepMlp(s_options);
        Check(trainer, trainer.Fit(data), data, unlabelled, rows, scored => _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);

        rows = [.. Rows(labels).Where(row => row.Label!.Equals(labels[0]) || row.Label.Equals(labels[1]))];
        data = _ml.Data.LoadFromEnumerable(rows);
        unlabelled = _ml.Data.LoadFromEnumerable(rows.Select(row => new UnlabelledRow { Features = row.Features }));
        var binary = _ml.BinaryClassification.Trainers.DeepMlp(s_options);
        Check(binary, binary.Fit(data), data, unlabelled, rows, scored => _ml.BinaryClassification.Evaluate(scored).Accuracy);
    }

    private static void Check<T>(IEstimator<ITransformer> trainer, ITransformer model, IDataView data, IDataView unlabelled, LabelRow<T>[] rows, Func<IDataView, double> accuracyOf)
    {
        var loaded = SavedModels.ThroughStream(model, data.Schema);
        T[] expected = [.. rows.Select(row => row.Label)];
        foreach (var fitted in new[] { model, loaded })
        {
            fitted.Transform(data).GetColumn<T>("PredictedLabel").Should().Equal(expected);
            fitted.Transform(unlabelled).GetColumn<T>("PredictedLabel").Should().Equal(expected, "rows to score need no label");
            accuracyOf(fitted.Transform(data)).Should().Be(1);
        }
        Shapes.TextsOf(trainer.GetOutputSchema(Shapes.Of(data))).Should().Equal(Shapes.TextsOf(Shapes.Of(loaded.Transform(data))));
    }

    private static LabelRow<T>[] Rows<T>(params T[] labels) => LabelRow<T>.Of(Enumerable.Range(0, 60).Select(row => labels[row % labels.Length]));

    private IDataView Keys(LabelRow<string>[] rows)
    {
        var data = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }
}
