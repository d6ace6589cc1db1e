using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Rows that no training could use are refused, with their number and what to do.</summary>
[TestClass]
public sealed class RowErrorTests
{
    private const string Missing = " Drop such rows, or leave them out with MissingLabels.Skip.";

    private static readonly LearningTask[] s_tasks = Enum.GetValues<LearningTask>();

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    [DataRow(float.NegativeInfinity, "-Infinity")]
    public void Fit_FeatureIsNotFinite_NamesRowAndSlot(float value, string text)
    {
        var rows = Examples.Rows();
        rows[17].Features[1] = value;

        foreach (var task in s_tasks)
        {
            ErrorOf(task, rows).Should().Be($"Row 17 (counted from 0) of feature column 'Features' of the training data has {text} in slot 1: expected finite numbers. " +
                "Replace missing values (ReplaceMissingValues) or drop such rows (FilterRowsByMissingValues) first.");
        }
    }

    [TestMethod]
    public void Fit_FeatureIsNotFiniteInANamedSlot_TellsTheName()
    {
        var rows = Examples.Rows(20);
        rows[3].Weight = float.NaN;
        var data = _ml.Transforms.Concatenate("Features", "ZeroOrOne", "Weight", "Value").Fit(Examples.Load(_ml, rows)).Transform(Examples.Load(_ml, rows));

        Action fit = () => Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression), data);

        fit.Should().Throw<InvalidOperationException>().WithMessage("Row 3 (counted from 0) of feature column 'Features' of the training data has NaN in slot 1 ('Weight'): *");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(7)]
    [DataRow(15)]
    [DataRow(16)]
    [DataRow(36)]
    public void Fit_OneOfManyFeaturesIsNotFinite_FindsIt(int slot)
    {
        var row = new Wide();
        row.Features[slot] = float.NaN;

        Action fit = () => _ml.Regression.Trainers.DeepMlp(Trainer.Quick).Fit(_ml.Data.LoadFromEnumerable([new Wide(), row]));

        fit.Should().Throw<InvalidOperationException>().WithMessage($"Row 1 (counted from 0) * has NaN in slot {slot}: *");
    }

    [TestMethod]
    public void Fit_LargestNumbersAsFeatures_AreFinite()
    {
        var row = new Wide();
        row.Features.AsSpan().Fill(float.MaxValue);

        Action fit = () => _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { Engine = new ScriptedEngine() })
            .Fit(_ml.Data.LoadFromEnumerable(Enumerable.Repeat(row, 20)));

        fit.Should().NotThrow("each number is finite, though their sum is not");
    }

    [TestMethod]
    [DataRow(float.NaN, "NaN", Missing)]
    [DataRow(float.PositiveInfinity, "Infinity", "")]
    public void Fit_RegressionLabelIsNotFinite_NamesTheRow(float value, string text, string advice)
    {
        var rows = Examples.Rows();
        rows[9].Value = value;
        rows[11].Values[1] = value;

        ErrorOf(LearningTask.Regression, rows).Should().Be($"Row 9 (counted from 0) of label column 'Value' of the training data has no usable value ({text}): expected a finite number.{advice}");
        ErrorOf(LearningTask.Regression, rows, options => options with { LabelColumnName = "Values" })
            .Should().Be($"Row 11 (counted from 0) of label column 'Values' of the training data has no usable value ({text}): expected finite numbers.{advice}");
    }

    [TestMethod]
    [DataRow(2f, "2")]
    [DataRow(-1f, "-1")]
    [DataRow(0.5f, "0.5")]
    public void Fit_ThirdLabelOfABinaryClassification_NamesTheRowAndTheValue(float value, string text)
    {
        var rows = Examples.Rows();
        rows[4].ZeroOrOne = value;

        ErrorOf(LearningTask.Binary, rows, options => options with { LabelColumnName = "ZeroOrOne" })
            .Should().Be($"Row 4 (counted from 0) of label column 'ZeroOrOne' of the training data has '{text}', beside '0' and '1': expected two values, " +
                "of which one is positive. Tell more classes apart with ml.MulticlassClassification.");
    }

    [TestMethod]
    public void Fit_BinaryLabelIsMissing_NamesTheRow()
    {
        var rows = Examples.Rows();
        rows[4].ZeroOrOne = float.NaN;

        ErrorOf(LearningTask.Binary, rows, options => options with { LabelColumnName = "ZeroOrOne" })
            .Should().Be($"Row 4 (counted from 0) of label column 'ZeroOrOne' of the training data has no usable value (NaN): expected one of two values.{Missing}");
    }

    [TestMethod]
    public void Fit_KeyIsMissing_NamesTheRow()
    {
        var rows = Examples.Rows();
        rows[5].Name = "purple";

        ErrorOf(LearningTask.Multiclass, rows)
            .Should().Be("Row 5 (counted from 0) of label column 'Class' of the training data has no usable value (a missing key): expected a key that is not missing." + Missing);
    }

    [TestMethod]
    [DataRow(-0.5f, "-0.5")]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    public void Fit_WeightIsNegativeOrNotFinite_NamesTheRow(float weight, string text)
    {
        var rows = Examples.Rows();
        rows[8].Weight = weight;

        foreach (var task in s_tasks)
        {
            ErrorOf(task, rows, options => options with { ExampleWeightColumnName = "Weight" })
                .Should().Be($"Row 8 (counted from 0) of example weight column 'Weight' of the training data has {text}: expected a finite number of at least 0.");
        }
    }

    [TestMethod]
    public void Fit_AllWeightsZero_IsRefused()
    {
        var rows = Examples.Rows();
        Array.ForEach(rows, row => row.Weight = 0);

        foreach (var task in s_tasks)
        {
            ErrorOf(task, rows, options => options with { ExampleWeightColumnName = "Weight" })
                .Should().Be("All training rows have weight 0 in column 'Weight': expected at least one above 0.");
        }
    }

    [TestMethod]
    public void Fit_OneClassOnly_IsRefused()
    {
        var rows = Examples.Rows().Where(row => row.Truth && row.Name == "red").ToArray();

        ErrorOf(LearningTask.Binary, rows).Should().StartWith("Label column 'Truth' has one class only in the ");
        ErrorOf(LearningTask.Multiclass, rows).Should().StartWith("Label column 'Class' has one class only in the ");
    }

    [TestMethod]
    public void Fit_NoRows_IsRefused()
    {
        foreach (var task in s_tasks)
            ErrorOf(task, []).Should().Be("The training data has no rows.");
    }

    [TestMethod]
    public void Fit_NoValidationRowsGiven_IsRefused()
    {
        foreach (var task in s_tasks)
        {
            Action fit = () => Trainer.Fit(task, _ml, Trainer.QuickFor(task), Examples.Load(_ml), Examples.Load(_ml, []));

            fit.Should().Throw<InvalidOperationException>().WithMessage("The validation data has no rows.");
        }
    }

    [TestMethod]
    public void Fit_TooFewRowsToSetAside_SaysWhatToDo()
    {
        ErrorOf(LearningTask.Regression, Examples.Rows(3)).Should().StartWith("Setting aside ").And.EndWith(
            " of 3 rows leaves no row for validation. Give more rows, a larger EarlyStopping.ValidationFraction, a validation set to Fit, or EarlyStopping = null.");
    }

    [TestMethod]
    public void Fit_ErrorInTheValidationData_CountsItsOwnRows()
    {
        var validation = Examples.Rows();
        validation[6].Features[0] = float.NaN;

        Action fit = () => Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression), Examples.Load(_ml), Examples.Load(_ml, validation));

        fit.Should().Throw<InvalidOperationException>().WithMessage("Row 6 (counted from 0) of feature column 'Features' of the validation data has NaN in slot 0: *");
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    public void Fit_WrongNumberOfClassWeights_IsRefused(LearningTask task)
    {
        int classes = task == LearningTask.Binary ? 2 : 3;

        Action fit = () => Trainer.Fit(task, options => options with { ClassWeights = [1, 1, 1, 1] });

        fit.Should().Throw<ArgumentException>().WithMessage(
            $"ClassWeights must have one weight for each of the {classes} classes of label column '{Trainer.LabelOf(task)}', got 4.");
    }

    [TestMethod]
    public void Fit_FewerRowsThanABatch_Works()
    {
        foreach (var task in s_tasks)
        {
            var fitted = Trainer.Fit(task, options => options with { BatchSize = 1_000, EarlyStopping = null });

            fitted.History.TrainingRows.Should().Be(60);
        }
    }

    [TestMethod]
    public void Fit_OneRow_Works()
    {
        var fitted = Trainer.Fit(LearningTask.Regression, options => options with { Normalization = Normalization.Layer, EarlyStopping = null }, Examples.Rows(1));

        fitted.Weights.Should().OnlyContain(weight => float.IsFinite(weight));
    }

    [TestMethod]
    public void Fit_MoreRowsThanTheReaderExpects_ReadsThemAll()
    {
        var engine = new ScriptedEngine();
        var rows = Examples.Rows(5_000);
        var view = _ml.Data.TakeRows(Examples.Load(_ml, rows), 4_999);

        Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression) with { Engine = engine, EarlyStopping = null, ExampleWeightColumnName = "Weight" }, view);

        engine.Data!.Rows.Should().Be(4_999);
        engine.Data.Features.Array.Should().Equal(rows[..4_999].SelectMany(row => row.Features));
        engine.Data.Weights.Should().Equal(rows[..4_999].Select(row => row.Weight));
        engine.Data.Targets.Should().HaveCount(4_999);
    }

    private string ErrorOf(LearningTask task, Example[] rows, Func<DeepMlpOptions, DeepMlpOptions>? change = null)
    {
        var options = Trainer.QuickFor(task);

        Action fit = () => Trainer.Fit(task, _ml, change?.Invoke(options) ?? options, Examples.Load(_ml, rows));

        return fit.Should().Throw<InvalidOperationException>().Which.Message;
    }

    private sealed class Wide
    {
        [VectorType(37)]
        public float[] Features { get; set; } = new float[37];

        public float Label { get; set; }
    }
}
