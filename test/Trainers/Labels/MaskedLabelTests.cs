using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Vectors of labels of which some are missing: what is there is learned and measured as if nothing else were.</summary>
[TestClass]
public sealed class MaskedLabelTests
{
    /// <summary>One feature, 0 in every row, and no hidden layer: the model learns one number per label.</summary>
    private static readonly DeepMlpOptions s_options = new()
    {
        HiddenLayers = [],
        DropoutRate = 0,
        EarlyStopping = null,
        Seed = 1,
        Optimizer = new SgdOptions { LearningRate = 0.02f },
        LearningRateSchedule = new PolynomialSchedule(),
        NumberOfEpochs = 300,
        MissingLabels = MissingLabels.Mask,
        LabelTransform = LabelTransform.None,
        BatchSize = 16,
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Regression_MissingValues_LeaveTheMeanOfTheOthers()
    {
        // The second label is there in every fourth row alone, 1 in half of them.
        var data = Load(480, row => [row % 3, row % 4 == 0 ? row % 8 / 4f : float.NaN]);

        float[] scores = Scores(_ml.Regression.Trainers.DeepMlp(s_options).Fit(data), data);

        scores[0].Should().BeApproximately(1, 0.01f);
        scores[1].Should().BeApproximately(0.5f, 0.01f);
    }

    [TestMethod]
    [DataRow(false, 0.25)]
    [DataRow(true, 0.5)]
    public void Multilabel_MissingValues_LeaveTheShareOfTheOthers(bool balance, double expected)
    {
        var data = Load(480, row => [row % 2, row % 3 == 0 ? float.NaN : row % 12 < 3 ? 1 : 0]);
        var options = s_options with { LabelTransform = null, BalanceClasses = balance, Optimizer = new SgdOptions { LearningRate = 0.3f } };

        float[] scores = Scores(_ml.MultilabelClassification.Trainers.DeepMlp(options).Fit(data), data);

        Probability(scores[0]).Should().BeApproximately(0.5, 0.01);
        Probability(scores[1]).Should().BeApproximately(expected, 0.02);
    }

    [TestMethod]
    public void Regression_StandardizedLabels_HaveTheStatisticsOfWhatIsThere()
    {
        var data = Load(60, row => [row % 2 == 0 ? float.NaN : row % 4 - 1, 7]);

        var model = _ml.Regression.Trainers.DeepMlp(s_options with { LabelTransform = null, NumberOfEpochs = 1 }).Fit(data).Model;

        model.LabelMeans.Should().Equal(1, 7);
        model.LabelStandardDeviations.Should().Equal(1, 1);
        (model.LabelMinima[0], model.LabelMaxima[0]).Should().Be((0, 2));
    }

    [TestMethod]
    public void History_MissingValues_MeasuresWhatIsThere()
    {
        var full = Load(60, row => [row % 2, row % 2]);
        var masked = Load(60, row => [row % 2, row < 20 ? row % 2 : float.NaN]);
        var trainer = _ml.Regression.Trainers.DeepMlp(s_options with { NumberOfEpochs = 1, EarlyStopping = new(), Optimizer = new SgdOptions { LearningRate = 1e-9f } });

        var expected = trainer.Fit(full, full).History.Epochs[0];
        var epoch = trainer.Fit(masked, masked).History.Epochs[0];

        epoch.ValidationLoss.Should().BeApproximately(expected.ValidationLoss!.Value, 1e-6);
        epoch.ValidationMetric.Should().BeApproximately(expected.ValidationMetric!.Value, 1e-6);
        epoch.TrainingLoss.Should().BeApproximately(expected.TrainingLoss, 1e-6);
    }

    [TestMethod]
    public void Fit_RowsWithoutAnyLabel_AreLeftOut()
    {
        var rows = Load(90, row => row % 3 == 0 ? [float.NaN, float.NaN] : [row % 2, float.NaN]);
        var kept = _ml.Data.FilterByCustomPredicate<Row>(rows, row => row.Label.All(float.IsNaN));
        var trainer = _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelTransform = null, NumberOfEpochs = 3 });

        trainer.Fit(rows).Model.CopyWeights().Values.Should().Equal(trainer.Fit(kept).Model.CopyWeights().Values);
    }

    [TestMethod]
    public void Fit_LabelsThatAreInfiniteOrNoTruth_AreStillRefused()
    {
        Action infinite = () => _ml.Regression.Trainers.DeepMlp(s_options).Fit(Load(20, row => [row == 7 ? float.PositiveInfinity : float.NaN, 1]));
        Action noTruth = () => _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelTransform = null }).Fit(Load(20, row => [row == 7 ? 0.5f : float.NaN, 1]));
        Action all = () => _ml.Regression.Trainers.DeepMlp(s_options).Fit(Load(20, _ => [float.NaN, 1]));
        Action own = () => _ml.Regression.Trainers.DeepMlp(s_options with { Loss = new CustomLoss(new None()) });

        infinite.Should().Throw<InvalidOperationException>().WithMessage("Row 7 (counted from 0) of label column 'Label' of the training data has no usable value (Infinity): expected finite numbers.");
        noTruth.Should().Throw<InvalidOperationException>().WithMessage("Row 7 (counted from 0) of label column 'Label' of the training data has no usable value (0.5): expected 0 or 1.");
        all.Should().Throw<InvalidOperationException>().WithMessage("Label 0 (counted from 0) is missing in all 20 training rows: expected one with a value at least.");
        own.Should().Throw<ArgumentException>().WithMessage("*MissingLabels.Mask is not for a CustomLoss*");
    }

    private static double Probability(float logit) => 1 / (1 + Math.Exp(-logit));

    private static float[] Scores(ITransformer model, IDataView data) => model.Transform(data).GetColumn<float[]>("Score").First();

    private IDataView Load(int count, Func<int, float[]> labelOf) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(row => new Row { Label = labelOf(row) }));

    private sealed class Row
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [0];

        [VectorType(2)]
        public float[] Label { get; set; } = [];
    }

    private sealed class None : ILossFunction
    {
        public LossTasks Tasks => LossTasks.Regression;

        public double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient) => 0;
    }
}
