using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Models that learn one number: one feature, 0 in every row, and no hidden layer. What weights must do to it is a closed form.</summary>
[TestClass]
public sealed class InterceptTests
{
    private static readonly DeepMlpOptions s_options = new()
    {
        InputScaling = null,
        HiddenLayers = [],
        DropoutRate = 0,
        EarlyStopping = null,
        Seed = 1,
        Optimizer = new SgdOptions { LearningRate = 0.01f },
        LearningRateSchedule = new PolynomialSchedule(),
        NumberOfEpochs = 300,
        ExampleWeightColumnName = "Weight",
    };

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(16)]
    [DataRow(480)]
    public void Regression_WeightsOfRows_CountAlikeInBatchesOfAnySize(int batchSize)
    {
        var rows = Alternating(480, weightOfOne: 2);

        float score = ScoreOf(rows, s_options with { BatchSize = batchSize, Optimizer = new SgdOptions { LearningRate = batchSize < 480 ? 0.01f : 0.1f } });

        score.Should().BeApproximately(2 / 3f, 0.003f);
    }

    [TestMethod]
    [DataRow(1f)]
    [DataRow(1e-3f)]
    [DataRow(1e3f)]
    public void Regression_WeightsTimesAnything_AreTheSame(float factor)
    {
        var rows = Alternating(60, weightOfOne: 2);
        Array.ForEach(rows, row => row.Weight *= factor);

        ScoreOf(rows, s_options with { BatchSize = 7 }).Should().BeApproximately(ScoreOf(Alternating(60, weightOfOne: 2), s_options with { BatchSize = 7 }), 1e-5f);
    }

    [TestMethod]
    [DataRow(16)]
    [DataRow(480)]
    public void Regression_WeightsAndMixup_GiveTheWeightedMean(int batchSize)
    {
        var rows = Alternating(480, weightOfOne: 99);

        ScoreOf(rows, s_options with { BatchSize = batchSize, RowMixing = new MixupOptions(), LearningRateSchedule = Schedule.Constant, NumberOfEpochs = batchSize == 16 ? 60 : 600 })
            .Should().BeApproximately(0.99f, 0.01f);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Binary_BalancedClasses_GiveEvenOdds(bool stratified)
    {
        var rows = Alternating(500, weightOfOne: 1);
        foreach (var (index, row) in rows.Index())
            row.Truth = index % 100 == 7;
        var ml = new MLContext(seed: 1);
        var options = s_options with
        {
            ExampleWeightColumnName = null,
            LabelColumnName = "Truth",
            BalanceClasses = true,
            StratifiedBatches = stratified,
            Optimizer = new AdamOptions { LearningRate = 0.01f },
        };

        var model = ml.BinaryClassification.Trainers.DeepMlp(options).Fit(ml.Data.LoadFromEnumerable(rows)).Model;

        float[] logit = new float[1];
        model.Score(new float[3], logit);
        (1 / (1 + MathF.Exp(-logit[0]))).Should().BeApproximately(0.5f, 0.02f);
    }

    [TestMethod]
    public void Regression_SixRowsAmongManyWithoutWeight_TrainAsTheSixAlone()
    {
        foreach (int seed in Enumerable.Range(1, 10))
        {
            var six = Alternating(6, weightOfOne: 1);
            var others = Alternating(1_000, weightOfOne: 0);
            Array.ForEach(others, row => row.Weight = 0);
            var options = s_options with { Seed = seed, EarlyStopping = new() { ValidationFraction = 0.3f }, NumberOfEpochs = 20 };

            ScoreOf([.. others[..500], .. six, .. others[500..]], options).Should().Be(ScoreOf(six, options), "seed {0}", seed);
        }
    }

    [TestMethod]
    public void Fit_TrainingLossOfWholeBatchesThatGrows_KeepsTheWeightsItWasLeastWith()
    {
        // y = 3 x: the loss is 9 at the start, and each step overshoots.
        var rows = Alternating(2, weightOfOne: 1);
        foreach (var (index, row) in rows.Index())
            (row.Features, row.Value) = ([2 * index - 1, 0, 0], 3 * (2 * index - 1));
        var options = s_options with
        {
            LabelColumnName = "Value",
            OutputInitializer = WeightInitializer.Zero,
            LabelTransform = LabelTransform.None,
            LearningRateSchedule = Schedule.Constant,
            Optimizer = new SgdOptions { LearningRate = 1.05f },
            EarlyStopping = new() { Monitor = MonitoredValue.TrainingLoss, Patience = 5 },
        };

        var fitted = Trainer.Fit(LearningTask.Regression, new MLContext(seed: 1), options, new MLContext().Data.LoadFromEnumerable(rows));

        fitted.History.BestEpoch.Should().Be(1);
        fitted.History.Epochs[0].TrainingLoss.Should().BeApproximately(9, 1e-5);
        float[] score = new float[1];
        fitted.Model.Score([1, 0, 0], score);
        score[0].Should().Be(0);
    }

    [TestMethod]
    public void Fit_TrainingLossOfWholeBatchesThatFalls_KeepsTheLastUpdate()
    {
        var rows = Alternating(40, weightOfOne: 1);
        var options = s_options with
        {
            LabelTransform = LabelTransform.None,
            LearningRateSchedule = Schedule.Constant,
            Optimizer = new SgdOptions { LearningRate = 0.1f },
            NumberOfEpochs = 1,
            EarlyStopping = new() { Monitor = MonitoredValue.TrainingLoss },
            BatchSize = 40,
        };

        ScoreOf(rows, options).Should().BeApproximately(0.1f, 1e-5f, "of the way from 0 to 1/2 one step goes a fifth");
    }

    private static Example[] Alternating(int count, float weightOfOne) =>
        [.. Enumerable.Range(0, count).Select(row => new Example { Features = new float[3], Value = row % 2, Weight = row % 2 == 1 ? weightOfOne : 1 })];

    private static float ScoreOf(Example[] rows, DeepMlpOptions options)
    {
        var ml = new MLContext(seed: 1);
        options = options with { LabelColumnName = "Value", LabelTransform = LabelTransform.None };
        float[] score = new float[1];
        ml.Regression.Trainers.DeepMlp(options).Fit(ml.Data.LoadFromEnumerable(rows)).Model.Score(new float[3], score);
        return score[0];
    }
}
