using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class MultilabelTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with { LabelColumnName = "Truths" };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("Truths")]
    [DataRow("Numbers")]
    [DataRow("Named")]
    public void DeepMlp_AnyLabel_Conforms(string label) => new EstimatorConformance<DeepMlpTransformer<DeepMlpMultilabelModelParameters>>(
        ml => ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelColumnName = label, NumberOfEpochs = 2, CalibrateProbabilities = true }),
        ml => Load(ml, 40), "Features").CheckAll();

    [TestMethod]
    public void DeepMlp_StandardDeviation_Conforms() => new EstimatorConformance<DeepMlpTransformer<DeepMlpMultilabelModelParameters>>(
        ml => ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Named", NumberOfEpochs = 2, Ensemble = new() { Members = 2 }, ScoreStandardDeviation = new(), CalibrateProbabilities = true }),
        ml => Load(ml, 40), "Features").CheckAll();

    [TestMethod]
    public void Fit_LabelsThatFeaturesTell_LearnsThemAll()
    {
        var data = Load(_ml, 400);
        var options = s_options with { NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = 0.02f } };

        var metrics = _ml.MultilabelClassification.Evaluate(_ml.MultilabelClassification.Trainers.DeepMlp(options).Fit(data).Transform(Load(_ml, 300, seed: 7)), "Truths");

        metrics.MicroF1.Should().BeGreaterThan(0.93);
        metrics.MacroF1.Should().BeGreaterThan(0.9);
        metrics.SubsetAccuracy.Should().BeGreaterThan(0.85);
        metrics.HammingLoss.Should().BeLessThan(0.06);
    }

    [TestMethod]
    public void Fit_BooleansOrNumbers_GiveTheSameWeights()
    {
        var data = Load(_ml, 60);

        float[] booleans = _ml.MultilabelClassification.Trainers.DeepMlp(s_options).Fit(data).Model.CopyWeights().Values;
        float[] numbers = _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Numbers" }).Fit(data).Model.CopyWeights().Values;

        numbers.Should().Equal(booleans);
    }

    [TestMethod]
    public void Transform_AnyRow_HasProbabilitiesAndLabelsOfItsLogits()
    {
        var data = Load(_ml, 60);
        var transformer = _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Named" }).Fit(data);

        var rows = _ml.Data.CreateEnumerable<Prediction>(transformer.Transform(data), reuseRowObject: false).ToArray();

        foreach (var row in rows)
        {
            row.Probability.Should().Equal(row.Score.Select(DeepMlpBinaryModelParameters.ProbabilityOf));
            row.PredictedLabel.Should().Equal(row.Score.Select(logit => logit > 0));
        }
        transformer.Model.LabelNames.Should().Equal("First", "Second", "Rare");
        transformer.History.MetricName.Should().Be("label accuracy");
    }

    [TestMethod]
    public void Fit_FocalAndOwnLoss_Train()
    {
        var data = Load(_ml, 60);
        float[] WeightsOf(Loss? loss) => _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { Loss = loss }).Fit(data).Model.CopyWeights().Values;

        float[] plain = WeightsOf(null);

        WeightsOf(Loss.CrossEntropy).Should().Equal(plain);
        WeightsOf(new FocalLoss(Alpha: 0.75f)).Should().NotEqual(plain);
        WeightsOf(new CustomLoss(new OwnSigmoid())).Zip(plain, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(1e-4f);
    }

    [TestMethod]
    public void CalibrateProbabilities_On_FitsOneTemperatureForAllLabels()
    {
        var data = Load(_ml, 1000);
        var options = s_options with { NumberOfEpochs = 60, Loss = new FocalLoss(Gamma: 4), Optimizer = new AdamOptions { LearningRate = 0.02f } };

        var plain = _ml.MultilabelClassification.Trainers.DeepMlp(options).Fit(data);
        var calibrated = _ml.MultilabelClassification.Trainers.DeepMlp(options with { CalibrateProbabilities = true }).Fit(data);

        calibrated.History.Calibration!.LossAfter.Should().BeLessThan(calibrated.History.Calibration.LossBefore);
        calibrated.Model.Temperature.Should().BeLessThan(0.9f);
        float[] before = new float[3], after = new float[3];
        plain.Model.Score([0.5f, 0.1f, -0.3f], before);
        calibrated.Model.Score([0.5f, 0.1f, -0.3f], after);
        after.Should().Equal(before.Select(logit => logit / calibrated.Model.Temperature));
    }

    [TestMethod]
    public void Evaluate_KnownPredictions_GivesMetricsWorkedByHand()
    {
        // By label: TP 2, 1, 0; FP 0, 1, 0; FN 1, 0, 1. Rows right as a whole: the first of four.
        var data = _ml.Data.LoadFromEnumerable(new Judged[]
        {
            new() { Label = [true, true, false], PredictedLabel = [true, true, false], Score = [2, 1, 0] },
            new() { Label = [true, false, false], PredictedLabel = [false, false, false], Score = [-2, 0, 0] },
            new() { Label = [false, false, false], PredictedLabel = [false, true, false], Score = [-1, 1, 0] },
            new() { Label = [true, false, true], PredictedLabel = [true, false, false], Score = [3, -1, 0] },
        });

        var metrics = _ml.MultilabelClassification.Evaluate(data);

        metrics.LabelF1.Should().Equal(4.0 / 5, 2.0 / 3, 0);
        metrics.MacroF1.Should().BeApproximately((0.8 + 2.0 / 3) / 3, 1e-12);
        metrics.MicroF1.Should().BeApproximately(6.0 / 9, 1e-12);
        metrics.SubsetAccuracy.Should().Be(0.25);
        metrics.HammingLoss.Should().Be(0.25);
        metrics.LabelAreaUnderRocCurve.Should().Equal(2.0 / 3, 2.5 / 3, 0.5);
        metrics.MacroAreaUnderRocCurve.Should().BeApproximately((2.0 / 3 + 2.5 / 3 + 0.5) / 3, 1e-12);
    }

    [TestMethod]
    public void Evaluate_Weights_CountAsRows()
    {
        var rows = Enumerable.Range(0, 12).Select(row => new Judged
        {
            Label = [row % 2 == 0, row % 3 == 0, row % 4 == 0],
            PredictedLabel = [row % 2 == 0, row % 5 == 0, true],
            Score = [row, 5 - row, row % 3],
            Weight = row % 5,
        }).ToArray();
        var repeated = rows.SelectMany(row => Enumerable.Repeat(row, (int)row.Weight));

        var weighted = _ml.MultilabelClassification.Evaluate(_ml.Data.LoadFromEnumerable(rows), exampleWeightColumnName: "Weight");
        var expected = _ml.MultilabelClassification.Evaluate(_ml.Data.LoadFromEnumerable(repeated));

        weighted.Should().BeEquivalentTo(expected, options => options.Using<double>(x => x.Subject.Should().BeApproximately(x.Expectation, 1e-12)).WhenTypeIs<double>());
    }

    [TestMethod]
    public void Evaluate_MissingLabels_AreLeftOut()
    {
        var data = _ml.Data.LoadFromEnumerable(new JudgedNumbers[]
        {
            new() { Label = [1, float.NaN, 0], PredictedLabel = [true, true, false] },
            new() { Label = [0, 1, float.NaN], PredictedLabel = [false, true, true] },
        });

        var metrics = _ml.MultilabelClassification.Evaluate(data);

        metrics.SubsetAccuracy.Should().Be(1);
        metrics.HammingLoss.Should().Be(0);
        metrics.LabelF1.Should().Equal(1, 1, 0);
        metrics.LabelAreaUnderRocCurve[1].Should().Be(double.NaN, "the label is true in all rows");
    }

    [TestMethod]
    public void CrossValidate_MeasuresEachFoldOnItsOwnRows()
    {
        var data = Load(_ml, 300);
        var trainer = _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = 0.02f } });

        var folds = _ml.MultilabelClassification.CrossValidate(data, trainer, numberOfFolds: 3, labelColumnName: "Truths");

        folds.Should().HaveCount(3).And.OnlyContain(fold => fold.Metrics.MicroF1 > 0.8 && fold.Metrics.MacroAreaUnderRocCurve > 0.9);
        folds.Select(fold => fold.Fold).Should().Equal(0, 1, 2);
        folds.Sum(fold => fold.ScoredHoldOutSet.GetColumn<float[]>("Features").Count()).Should().Be(300);
        folds[1].Metrics.Should().BeEquivalentTo(_ml.MultilabelClassification.Evaluate(folds[1].Model.Transform(folds[1].ScoredHoldOutSet), "Truths"));
    }

    [TestMethod]
    public void Evaluate_NoRowsOrWrongColumns_IsRefused()
    {
        var none = _ml.Data.LoadFromEnumerable(Array.Empty<Judged>());
        var other = _ml.Data.LoadFromEnumerable(new Row[] { new() });

        FluentActions.Invoking(() => _ml.MultilabelClassification.Evaluate(none)).Should().Throw<InvalidOperationException>().WithMessage("There are no rows to evaluate.");
        FluentActions.Invoking(() => _ml.MultilabelClassification.Evaluate(other, "Truths", "Numbers", "Numbers")).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Schema mismatch for predicted label column 'Numbers': expected Vector<Boolean, 3>, got *");
    }

    [TestMethod]
    public void Fit_NumberThatIsNeitherZeroNorOne_NamesTheRow()
    {
        var rows = Rows(30, 1);
        rows[12].Numbers[1] = 0.5f;

        Action fit = () => _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Numbers" }).Fit(_ml.Data.LoadFromEnumerable(rows));

        fit.Should().Throw<InvalidOperationException>().WithMessage("Row 12 (counted from 0) of label column 'Numbers' of the training data has no usable value (0.5): expected 0 or 1.");
    }

    [TestMethod]
    public void Fit_ScalarLabel_IsRefused()
    {
        Action fit = () => _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "First" }).Fit(Load(_ml, 20));

        fit.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Schema mismatch for label column 'First': expected Vector<Boolean> or Vector<Single> (of 0 and 1) of known size, got *");
    }

    [TestMethod]
    public void ClassWeights_OfALabel_MovePredictionsTowardsIt()
    {
        var (data, test) = (Load(_ml, 400), Load(_ml, 300, seed: 7));
        int[] Found(DeepMlpOptions options)
        {
            var rows = _ml.Data.CreateEnumerable<Prediction>(
                _ml.MultilabelClassification.Trainers.DeepMlp(options with { NumberOfEpochs = 6 }).Fit(data).Transform(test), reuseRowObject: false).ToArray();
            return [.. Enumerable.Range(0, 3).Select(label => rows.Count(row => row.PredictedLabel[label]))];
        }

        int[] plain = Found(s_options);

        Found(s_options with { ClassWeights = [1, 1, 1] }).Should().Equal(plain);
        int[] weighted = Found(s_options with { ClassWeights = [0.1f, 1, 30] });
        weighted[0].Should().BeLessThan(plain[0] - 30);
        weighted[2].Should().BeGreaterThan(plain[2] + 30);
        Found(s_options with { BalanceClasses = true })[2].Should().BeGreaterThan(plain[2] + 30, "of a label that is seldom true");
    }

    [TestMethod]
    public void BalanceClasses_On_WeighsByFalseRowsOverTrueOnes()
    {
        var data = Load(_ml, 80);
        var rows = Rows(80, 1);
        float[] factors = [.. Enumerable.Range(0, 3).Select(label => rows.Count(row => !row.Truths[label]) / (float)rows.Count(row => row.Truths[label]))];
        float[] WeightsOf(DeepMlpOptions options) => _ml.MultilabelClassification.Trainers.DeepMlp(options with { EarlyStopping = null }).Fit(data).Model.CopyWeights().Values;

        WeightsOf(s_options with { BalanceClasses = true }).Should().Equal(WeightsOf(s_options with { ClassWeights = factors }));
    }

    [TestMethod]
    public void ClassWeights_WrongNumber_IsRefused()
    {
        Action fit = () => _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { ClassWeights = [1, 2] }).Fit(Load(_ml, 20));

        fit.Should().Throw<ArgumentException>().WithMessage("ClassWeights must have one weight for each of the 3 labels of label column 'Truths', got 2.");
    }

    [TestMethod]
    [DynamicData(nameof(Misfits))]
    public void Trainer_OptionThatDoesNotFit_IsRefused(object options, string expected)
    {
        Action create = () => _ml.MultilabelClassification.Trainers.DeepMlp((DeepMlpOptions)options);

        create.Should().Throw<ArgumentException>().WithMessage($"Invalid DeepMlpOptions:*{expected}*");
    }

    public static IEnumerable<object[]> Misfits =>
    [
        [s_options with { Loss = Loss.Huber }, "Loss HuberLoss does not fit multilabel classification: use CrossEntropyLoss, FocalLoss or a CustomLoss for it"],
        [s_options with { ClassWeights = [1, 2, 3], Loss = new CustomLoss(new OwnSigmoid()) }, "ClassWeights and BalanceClasses must be unset with a CustomLoss, which gives one loss for all labels of a row: weigh labels in it"],
        [s_options with { BalanceClasses = true, Loss = new CustomLoss(new OwnSigmoid()) }, "ClassWeights and BalanceClasses must be unset with a CustomLoss, which gives one loss for all labels of a row: weigh labels in it"],
        [s_options with { ClassWeights = [1, -2, 3] }, "ClassWeights[1] must be at least 0 and finite, got -2"],
        [s_options with { StratifiedBatches = true }, "StratifiedBatches is for binary and multiclass classification: multilabel classification has no classes"],
    ];

    [TestMethod]
    public void DeepMlp_NoOptions_HasTheDefaults()
    {
        var options = _ml.MultilabelClassification.Trainers.DeepMlp("L", "F", learningRate: 0.5f).Options;

        (options.LabelColumnName, options.FeatureColumnName, options.Optimizer.LearningRate).Should().Be(("L", "F", 0.5f));
        options.HiddenLayers.Should().Equal(256, 128);
    }

    private static IDataView Load(MLContext ml, int count, int seed = 1)
    {
        var data = ml.Data.LoadFromEnumerable(Rows(count, seed));
        return ml.Transforms.Concatenate("Named", "First", "Second", "Rare").Fit(data).Transform(data);
    }

    private static Row[] Rows(int count, int seed) => [.. Examples.Rows(count, seed).Select(example =>
    {
        float[] x = example.Features;
        bool[] truths = [x[0] > 0, x[1] + x[2] > 0.2f, x[0] > 0.3f && x[2] > 0];
        float[] numbers = Array.ConvertAll(truths, truth => truth ? 1f : 0);
        return new Row { Features = x, Truths = truths, Numbers = numbers, First = numbers[0], Second = numbers[1], Rare = numbers[2] };
    })];

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [VectorType(3)]
        public bool[] Truths { get; set; } = [];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];

        public float First { get; set; }

        public float Second { get; set; }

        public float Rare { get; set; }

        public string Note { get; set; } = "";
    }

    private sealed class Judged
    {
        [VectorType(3)]
        public bool[] Label { get; set; } = [];

        [VectorType(3)]
        public bool[] PredictedLabel { get; set; } = [];

        [VectorType(3)]
        public float[] Score { get; set; } = [];

        public float Weight { get; set; } = 1;
    }

    private sealed class JudgedNumbers
    {
        [VectorType(3)]
        public float[] Label { get; set; } = [];

        [VectorType(3)]
        public bool[] PredictedLabel { get; set; } = [];

        [VectorType(3)]
        public float[] Score { get; set; } = [0, 0, 0];
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];

        public float[] Probability { get; set; } = [];

        public bool[] PredictedLabel { get; set; } = [];
    }

    private sealed class OwnSigmoid : ILossFunction
    {
        public LossTasks Tasks => LossTasks.MultilabelClassification;

        public double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
        {
            double sum = 0;
            for (int i = 0; i < outputs.Length; i++)
            {
                double probability = 1 / (1 + Math.Exp(-outputs[i]));
                sum -= Math.Log(targets[i] > 0 ? probability : 1 - probability) / outputs.Length;
                gradient[i] = (float)((probability - targets[i]) / outputs.Length);
            }
            return sum;
        }
    }
}
