using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Reading;

/// <summary>Features as they come: scaled inside the trainer, some of them missing.</summary>
[TestClass]
public sealed class InputScalingTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with
    {
        LabelColumnName = "Value",
        InputScaling = InputScaling.Robust,
        HiddenLayers = [16],
        NumberOfEpochs = 60,
        Optimizer = new AdamOptions { LearningRate = 0.02f },
    };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Scalings => new InputScaling[] { InputScaling.Standard, InputScaling.Robust, InputScaling.Quantile }.Select(scaling => new object[] { scaling });

    [TestMethod]
    [DynamicData(nameof(Scalings))]
    public void Fit_FeaturesFarFromZero_LearnsWhatItCannotWithout(object scaling)
    {
        var data = Load(Rows(400));

        RSquared(s_options with { InputScaling = (InputScaling)scaling }, data).Should().BeGreaterThan(0.9);
        RSquared(s_options with { InputScaling = null }, data).Should().BeLessThan(0.5);
    }

    [TestMethod]
    public void Fit_ByDefault_ScalesRobustly() =>
        Fit(new DeepMlpOptions { LabelColumnName = "Value", NumberOfEpochs = 1 }, Load(Rows(100))).Model.Network.Layers[0].Should().BeOfType<AffineInputLayer>();

    [TestMethod]
    public void Fit_ValidationRows_DoNotTakePartInTheScaling()
    {
        var far = Rows(100);
        foreach (var row in far)
            row.Features[0] *= 1000;

        float[] Factors(Row[] validation) => Fit(s_options, Load(Rows(200)), Load(validation)).Model.CopyWeights()["0.factor"].ToArray();

        Factors(far).Should().Equal(Factors(Rows(100)));
    }

    [TestMethod]
    [DynamicData(nameof(Scalings))]
    public void SaveAndLoad_MissingNumbers_ScoreAsBefore(object scaling)
    {
        var rows = Rows(300, missing: true);
        var fitted = Fit(s_options with { InputScaling = (InputScaling)scaling, NumberOfEpochs = 3 }, Load(rows));
        using var file = new MemoryStream();
        _ml.Model.Save(fitted, Load(rows).Schema, file);
        file.Position = 0;

        var loaded = new MLContext().Model.Load(file, out _);

        float[] scores = Scores(fitted, Load(rows));
        scores.Should().OnlyContain(score => float.IsFinite(score));
        Scores(loaded, Load(rows)).Should().Equal(scores);
    }

    [TestMethod]
    public void Fit_MissingNumberThatTells_IsLearned()
    {
        var rows = Rows(400);
        foreach (var (i, row) in rows.Index())
        {
            if (i % 2 == 0)
                (row.Features[1], row.Value) = (float.NaN, row.Value + 10);
        }

        RSquared(s_options, Load(rows)).Should().BeGreaterThan(0.9);
    }

    [TestMethod]
    public void Transform_MissingWhereNoTrainingRowLacksIt_IsRefused()
    {
        var fitted = Fit(s_options, Load(Rows(100, missing: true)));
        var rows = Rows(100);
        rows[7].Features[0] = float.NaN;

        FluentActions.Invoking(() => Scores(fitted, Load(rows))).Should().Throw<InvalidOperationException>().WithMessage(
            "Row 7 (counted from 0) of feature column 'Features' has NaN in slot 0: expected finite numbers, since no training row lacks this one. " +
            "Replace missing values (ReplaceMissingValues) or drop such rows (FilterRowsByMissingValues) first.");
    }

    [TestMethod]
    public void Fit_ValidationSetThatLacksMore_IsRefused()
    {
        var validation = Rows(50);
        validation[7].Features[0] = float.NaN;

        FluentActions.Invoking(() => Fit(s_options, Load(Rows(100, missing: true)), Load(validation))).Should().Throw<InvalidOperationException>().WithMessage(
            "Row 7 (counted from 0) of feature column 'Features' of the validation data has NaN in slot 0: expected finite numbers, since no training row lacks this one. *");
    }

    [TestMethod]
    public void Fit_MissingWithoutScaling_IsRefused() =>
        FluentActions.Invoking(() => Fit(s_options with { InputScaling = null }, Load(Rows(100, missing: true)))).Should().Throw<InvalidOperationException>()
            .WithMessage("Row 0 (counted from 0) of feature column 'Features' of the training data has NaN in slot 1: expected finite numbers. *");

    [TestMethod]
    public void Fit_Infinity_IsRefused()
    {
        var rows = Rows(100);
        rows[3].Features[0] = float.NegativeInfinity;

        FluentActions.Invoking(() => Fit(s_options, Load(rows))).Should().Throw<InvalidOperationException>().WithMessage("Row 3 (counted from 0)*has -Infinity in slot 0*");
    }

    [TestMethod]
    public void Transform_CategoryOfNone_IsZerosAlone()
    {
        var options = s_options with { InputScaling = null, NumberOfEpochs = 2 };
        var rows = CategoryRow.Draw();
        var fitted = Trainer.Fit(LearningTask.Regression, _ml, options, CategoryRow.Load(_ml, rows, CategoryRow.Counts));
        rows[5].Features[1] = float.NaN;

        float[] scores = Scores(fitted.Transformer, CategoryRow.Load(_ml, rows, CategoryRow.Counts));

        var (network, weights) = (fitted.Model.Network, fitted.Model.CopyWeights());
        var behind = new NetworkDescription(9, 1, [.. network.Layers.Skip(1)]);
        var copy = new NetworkWeights(new ParameterLayout(behind));
        foreach (var tensor in copy.Layout.Tensors)
            weights[$"{tensor.LayerIndex + 1}{tensor.Name[1..]}"].CopyTo(copy[tensor]);
        float[] encoded = [.. rows[5].Encoded];
        encoded.AsSpan(1, 4).Clear();
        float[] output = new float[1];
        new NetworkScorer(behind, copy).Score(encoded, output);
        ((DeepMlpRegressionModelParameters)fitted.Model).Score(rows[5].Features, output.AsSpan());
        scores[5].Should().Be(output[0]);
    }

    [TestMethod]
    [DataRow(0f)]
    [DataRow(-1f)]
    [DataRow(float.NaN)]
    public void Options_LimitOutOfRange_IsRefused(float limit) =>
        FluentActions.Invoking(() => _ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { InputScaling = new RobustInputScaling { ClipLimit = limit } }))
            .Should().Throw<ArgumentException>().WithMessage("*- InputScaling.ClipLimit must be positive and finite, got*");

    [TestMethod]
    public void Options_QuantilesOutOfRange_AreRefused() =>
        FluentActions.Invoking(() => _ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { InputScaling = new QuantileInputScaling { NumberOfQuantiles = 1, Noise = -1 } }))
            .Should().Throw<ArgumentException>().WithMessage("*- InputScaling.NumberOfQuantiles must be at least 2, got 1*- InputScaling.Noise must be at least 0 and finite, got -1*");

    private static Row[] Rows(int count, bool missing = false)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float first = random.NextSingle() - 0.5f, second = random.NextSingle() - 0.5f;
            return new Row { Features = [4000 + 3000 * first, missing && i % 5 == 0 ? float.NaN : 0.001f * second], Value = 3 * first + second };
        })];
    }

    private IDataView Load(Row[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private DeepMlpTransformer<DeepMlpRegressionModelParameters> Fit(DeepMlpOptions options, IDataView data, IDataView? validation = null)
    {
        var trainer = _ml.Regression.Trainers.DeepMlp(options);
        return validation is null ? trainer.Fit(data) : trainer.Fit(data, validation);
    }

    private double RSquared(DeepMlpOptions options, IDataView data) => _ml.Regression.Evaluate(Fit(options, data).Transform(data), "Value").RSquared;

    private static float[] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float>("Score")];

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Value { get; set; }
    }
}
