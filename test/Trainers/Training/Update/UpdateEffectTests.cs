using MLExtensions.Networks;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Trainers.Tests;

/// <summary>What limits, noise, averages and the kinds of dropout are for.</summary>
[TestClass]
public sealed class UpdateEffectTests
{
    [TestMethod]
    public void ClipGradientNormOrValue_OneWildLabel_KeepsTrainingFromDiverging()
    {
        var rows = Examples.Rows(100);
        rows[7].Value = 1e9f;
        Fitted Fit(Func<DeepMlpOptions, DeepMlpOptions> change) => Trainer.Fit(LearningTask.Regression, options => change(options with
        {
            BatchSize = 1,
            NumberOfEpochs = 20,
            Optimizer = new SgdOptions { LearningRate = 0.05f },
            LabelTransform = LabelTransform.None,
            ClampScores = false,
            EarlyStopping = null,
        }), rows);

        Action unlimited = () => Fit(options => options);

        unlimited.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<TrainingDivergedException>();
        ErrorOf(Fit(options => options with { ClipGradientNorm = 1 })).Should().BeLessThan(0.5);
        ErrorOf(Fit(options => options with { ClipGradientValue = 0.5f })).Should().BeLessThan(0.5);
    }

    [TestMethod]
    public void MaximumNorm_LongTraining_HoldsTheNormsOfUnits()
    {
        double[] Norms(float? limit) =>
        [
            .. Trainer.Fit(LearningTask.Regression, options => options with
            {
                HiddenLayers = [6],
                NumberOfEpochs = 200,
                Optimizer = new AdamOptions { LearningRate = 0.05f },
                MaximumNorm = limit,
                EarlyStopping = null,
            }).Model.CopyWeights()["0.weight"].ToArray().Chunk(3).Select(unit => Math.Sqrt(unit.Sum(w => (double)w * w))),
        ];

        Norms(null).Max().Should().BeGreaterThan(1.1);
        Norms(0.4f).Should().OnlyContain(norm => norm <= 0.40001).And.Contain(norm => norm > 0.39);
    }

    [TestMethod]
    public void WeightNoise_On_FindsWeightsThatBearIt()
    {
        SpreadUnderNoise(0.1f).Should().BeLessThan(0.7 * SpreadUnderNoise(0));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void WeightAveraging_NoisySteps_EndsNearerToTheTruth(bool exponential)
    {
        WeightAveragingOptions averaging = exponential ? new ExponentialAveragingOptions { Decay = 0.99f } : new StochasticAveragingOptions { FromEpoch = 11 };
        double[] plain = Errors(null), averaged = Errors(averaging);

        averaged.Average().Should().BeLessThan(0.7 * plain.Average());

        static double[] Errors(WeightAveragingOptions? averaging) =>
        [
            .. Enumerable.Range(1, 4).Select(seed => ErrorOf(Trainer.Fit(LearningTask.Regression, options => options with
            {
                Seed = seed,
                BatchSize = 4,
                NumberOfEpochs = 40,
                Optimizer = new SgdOptions { LearningRate = 0.2f },
                WeightAveraging = averaging,
                EarlyStopping = null,
            }, Noisy(200)))),
        ];
    }

    public static IEnumerable<object[]> Regularizers =>
    [
        ["DropoutRate", (DeepMlpOptions options) => options with { DropoutRate = 0.5f }],
        ["DropConnectRate", (DeepMlpOptions options) => options with { DropConnectRate = 0.5f }],
        ["InputNoise", (DeepMlpOptions options) => options with { InputNoise = 0.3f }],
        ["WeightNoise", (DeepMlpOptions options) => options with { WeightNoise = 0.1f }],
        ["L1Regularization", (DeepMlpOptions options) => options with { L1Regularization = 0.003f }],
        ["L2Regularization", (DeepMlpOptions options) => options with { L2Regularization = 0.03f }],
        ["AdamW", (DeepMlpOptions options) => options with { Optimizer = new AdamWOptions { LearningRate = 0.01f, WeightDecay = 1 } }],
        ["MaximumNorm", (DeepMlpOptions options) => options with { MaximumNorm = 0.3f }],
        ["Mixup", (DeepMlpOptions options) => options with { RowMixing = new MixupOptions { Alpha = 1 } }],
    ];

    [TestMethod]
    [DynamicData(nameof(Regularizers))]
    public void Regularizer_FewNoisyRows_FitsThemLessAndNewOnesBetter(string name, object change)
    {
        var (plainTraining, plain) = Errors(options => options);
        var (training, error) = Errors((Func<DeepMlpOptions, DeepMlpOptions>)change);

        training.Should().BeGreaterThan(1.1 * plainTraining, name);
        error.Should().BeLessThan(0.9 * plain, name);

        static (double Training, double New) Errors(Func<DeepMlpOptions, DeepMlpOptions> change)
        {
            var rows = Noisy(40);
            Fitted[] fitted = [.. Enumerable.Range(1, 3).Select(seed => Trainer.Fit(LearningTask.Regression, options => change(options with
            {
                Seed = seed,
                HiddenLayers = [64],
                BatchSize = 40,
                NumberOfEpochs = 400,
                Optimizer = new AdamOptions { LearningRate = 0.01f },
                EarlyStopping = null,
            }), rows))];
            return (fitted.Average(f => ErrorOf(f, rows)), fitted.Average(f => ErrorOf(f)));
        }
    }

    // How much outputs change where weights do, in units of their own spread.
    private static double SpreadUnderNoise(float noise)
    {
        var model = Trainer.Fit(LearningTask.Regression, options => options with
        {
            HiddenLayers = [64],
            BatchSize = 40,
            NumberOfEpochs = 400,
            Optimizer = new AdamOptions { LearningRate = 0.01f },
            WeightNoise = noise,
            EarlyStopping = null,
        }, Noisy(40)).Model;
        var rows = Examples.Rows(200, seed: 5);
        float[] features = [.. rows.SelectMany(row => row.Features)];
        float[] outputs = Outputs(model.CopyWeights());
        double mean = outputs.Average(), variance = outputs.Average(x => (x - mean) * (x - mean));

        var random = new RandomStream(6, "noise");
        double change = 0;
        for (int draw = 0; draw < 20; draw++)
        {
            var weights = model.CopyWeights();
            foreach (string matrix in new[] { "0.weight", "2.weight" })
            {
                foreach (ref float weight in weights[matrix])
                    weight += 0.1f * (float)random.NextNormal();
            }
            change += Outputs(weights).Zip(outputs, (x, y) => (double)(x - y) * (x - y)).Average() / 20;
        }
        return change / variance;

        float[] Outputs(NetworkWeights weights)
        {
            float[] scores = new float[rows.Length];
            new NetworkScorer(model.Network, weights).ScoreBatch(features, rows.Length, scores);
            return scores;
        }
    }

    private static Example[] Noisy(int count)
    {
        var random = new System.Random(9);
        var rows = Examples.Rows(count);
        Array.ForEach(rows, row => row.Value += 2 * (random.NextSingle() - 0.5f));
        return rows;
    }

    // The root of the mean squared error, of rows that the model has not seen where none are given.
    private static double ErrorOf(Fitted fitted, Example[]? rows = null)
    {
        float[] score = new float[1];
        double sum = 0;
        rows ??= Examples.Rows(500, seed: 77);
        foreach (var row in rows)
        {
            fitted.Model.Score(row.Features, score);
            sum += Math.Pow(score[0] - row.Value, 2);
        }
        return Math.Sqrt(sum / rows.Length);
    }
}
