using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>What the literature says of initial weights: how much of a signal arrives behind many layers, and what then can be learned.</summary>
[TestClass]
public sealed class InitializerEffectTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Initializers, with the factor on the variance that a layer of ReLU makes of it: fan-in x variance of the weights / 2.</summary>
    public static IEnumerable<object[]> Factors =>
    [
        [WeightInitializer.HeNormal, 1.0],
        [WeightInitializer.HeUniform, 1.0],
        [new OrthogonalInitializer(MathF.Sqrt(2)), 1.0],
        [WeightInitializer.XavierNormal, 1 / 2.0],
        [WeightInitializer.XavierUniform, 1 / 2.0],
        [WeightInitializer.LeCunNormal, 1 / 2.0],
        [WeightInitializer.LeCunUniform, 1 / 2.0],
        [WeightInitializer.Orthogonal, 1 / 2.0],
        [WeightInitializer.FanInUniform, 1 / 6.0],
        [WeightInitializer.SmallNormal, 64 * 1e-4 / 2],
    ];

    [TestMethod]
    [DynamicData(nameof(Factors))]
    public void Score_DeepReluNetworkAsDrawn_HasTheVarianceThatTheInitializerLeaves(object initializer, double factor)
    {
        const int Layers = 12;

        double[] logarithms = [.. Enumerable.Range(1, 5).Select(seed => Math.Log10(MeanSquareAsDrawn((WeightInitializer)initializer, Layers, seed)))];

        logarithms.Order().ElementAt(2).Should().BeApproximately(Layers * Math.Log10(factor), 0.8);
    }

    [TestMethod]
    [DataRow(1f)]
    [DataRow(1_000f)]
    public void Score_UnitVariance_HasVarianceOneWhateverTheFeatures(float scale)
    {
        foreach (var activation in new[] { Activation.Relu, Activation.Tanh, Activation.Softplus, Activation.Maxout })
        {
            float[] scores = ScoresAsDrawn(new() { HiddenLayers = [.. Enumerable.Repeat(16, 12)], Activation = activation, Initializer = WeightInitializer.UnitVariance, Seed = 3 }, scale);

            VarianceOf(scores).Should().BeApproximately(1, 1e-3, $"{activation} with features times {scale}");
        }
    }

    [TestMethod]
    [DataRow(0f)]
    [DataRow(0.5f)]
    public void Score_ConstantOutputLayer_IsTheSumOfTheUnits(float value)
    {
        var options = new DeepMlpOptions { NumberEmbedding = null, HiddenLayers = [4], Activation = Activation.Sigmoid, BiasStart = 30, OutputInitializer = new ConstantInitializer(value) };

        ScoresAsDrawn(options, scale: 1).Should().OnlyContain(score => Math.Abs(score - 4 * value) < 1e-5, "every unit is at 1, as its bias says");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Fit_DeepTanhNetwork_LearnsAtOnceFromXavierAndNothingFromSmallWeights(int seed)
    {
        var options = new DeepMlpOptions
        {
            NumberEmbedding = null,
            HiddenLayers = [16, 16, 16, 16, 16],
            Activation = Activation.Tanh,
            Optimizer = new SgdOptions { LearningRate = 0.1f },
            NumberOfEpochs = 5,
            Seed = seed,
        };

        LastLoss(options with { Initializer = WeightInitializer.SmallNormal }).Should().BeApproximately(1, 0.05, "the label is standardized, and its mean is all that is found");
        LastLoss(options with { Initializer = WeightInitializer.ForActivation(Activation.Tanh) }).Should().BeLessThan(0.5);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Fit_TwentyReluLayers_LearnFromScaledWeightsAndNothingFromSmallOnes(int seed)
    {
        var options = new DeepMlpOptions { NumberEmbedding = null, HiddenLayers = [.. Enumerable.Repeat(16, 20)], Optimizer = new AdamOptions { LearningRate = 1e-3f }, NumberOfEpochs = 30, Seed = seed };

        LastLoss(options with { Initializer = WeightInitializer.SmallNormal }).Should().BeGreaterThan(0.9);
        LastLoss(options with { Initializer = new OrthogonalInitializer(MathF.Sqrt(2)) }).Should().BeLessThan(0.75);
        LastLoss(options with { Initializer = WeightInitializer.UnitVariance }).Should().BeLessThan(0.75);
    }

    private static double VarianceOf(float[] scores)
    {
        double mean = scores.Average();
        return scores.Average(score => (score - mean) * (score - mean));
    }

    /// <summary>The mean square of the last layer's outputs in units of that of the features, over 64 of them.</summary>
    private double MeanSquareAsDrawn(WeightInitializer initializer, int layers, int seed)
    {
        float[] scores = ScoresAsDrawn(new()
        {
            HiddenLayers = [.. Enumerable.Repeat(64, layers)],
            Initializer = initializer,
            OutputInitializer = WeightInitializer.HeNormal,
            Seed = seed,
        }, scale: 1);
        return scores.Average(score => (double)score * score);
    }

    private float[] ScoresAsDrawn(DeepMlpOptions options, float scale)
    {
        var data = _ml.Data.LoadFromEnumerable(Rows(scale));
        var model = _ml.Regression.Trainers.DeepMlp(options with
        {
            InputScaling = null,
            NumberEmbedding = null,
            DropoutRate = 0,
            EarlyStopping = null,
            NumberOfEpochs = 1,
            LabelTransform = LabelTransform.None,
            ClampScores = false,
            LearningRateFactors = new() { Weights = 0, Biases = 0 },
        }).Fit(data);
        return [.. model.Transform(data).GetColumn<float>("Score")];
    }

    private double LastLoss(DeepMlpOptions options)
    {
        var data = _ml.Data.LoadFromEnumerable(Rows(scale: 1));
        return _ml.Regression.Trainers.DeepMlp(options with { DropoutRate = 0, EarlyStopping = null, BatchSize = 16 }).Fit(data).History.Epochs[^1].TrainingLoss;
    }

    private static Row[] Rows(float scale)
    {
        var random = new System.Random(7);
        return [.. Enumerable.Range(0, 256).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, 64).Select(_ => MathF.Sqrt(3) * (2 * random.NextSingle() - 1) * scale)];
            return new Row { Features = features, Label = features[0] + features[1] };
        })];
    }

    private sealed class Row
    {
        [VectorType(64)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
