using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>The options Loss and LabelTransform: what fits what, what each loss predicts, what is saved.</summary>
[TestClass]
public sealed class LossOptionTests
{
    private const string ForRegression = "use SquaredErrorLoss, AbsoluteErrorLoss, HuberLoss, LogCoshLoss, QuantileLoss, PoissonLoss, GammaLoss, TweedieLoss or a CustomLoss for it";

    // Skewed, so that mean, median and quantiles lie far apart; of positive numbers.
    private static readonly float[] s_amounts = [.. Enumerable.Range(1, 39).Select(i => MathF.Exp(i / 13f - 1))];

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Functionals
    {
        get
        {
            double mean = s_amounts.Average(x => (double)x);
            double median = s_amounts[19];
            return
            [
                ["squared", Loss.SquaredError, null!, mean],
                ["squared, labels as they are", Loss.SquaredError, LabelTransform.None, mean],
                ["absolute", Loss.AbsoluteError, null!, median],
                ["quantile", new QuantileLoss(0.9f), null!, s_amounts[35]],
                ["Huber, small delta", new HuberLoss(0.01f), null!, median],
                ["Huber, large delta", new HuberLoss(100), null!, mean],
                ["Poisson", Loss.Poisson, null!, mean],
                ["Poisson, labels as they are", Loss.Poisson, LabelTransform.None, mean],
                ["gamma", Loss.Gamma, null!, mean],
                ["Tweedie", Loss.Tweedie, LabelTransform.DivideByMean, mean],
                ["logarithm", Loss.SquaredError, LabelTransform.Log, Math.Exp(s_amounts.Average(x => Math.Log(x)))],
                ["logarithm of one plus", Loss.SquaredError, LabelTransform.LogOnePlus, Math.Exp(s_amounts.Average(x => Math.Log(1 + x))) - 1],
            ];
        }
    }

    [TestMethod]
    [DynamicData(nameof(Functionals))]
    public void Fit_FeaturesThatTellNothing_PredictsWhatTheLossIsMinimalAt(string name, object loss, object? transform, double expected)
    {
        var model = (DeepMlpRegressionModelParameters)FitAmounts((Loss)loss, (LabelTransform?)transform).Model;
        float[] score = new float[1];

        model.Score([0, 0, 0], score);

        ((double)score[0]).Should().BeApproximately(expected, 0.03 * expected, name);
    }

    [TestMethod]
    public void Fit_LogCosh_PredictsBetweenMedianAndMean()
    {
        float[] score = new float[1];

        FitAmounts(Loss.LogCosh).Model.Score([0, 0, 0], score);

        score[0].Should().BeGreaterThan(1.05f * s_amounts[19]).And.BeLessThan(0.98f * s_amounts.Average());
    }

    [TestMethod]
    public void Fit_OwnLoss_PredictsWhatItIsMinimalAt()
    {
        // The fourth power pulls beyond the mean, towards the middle of the range.
        float[] score = new float[1];

        FitAmounts(new CustomLoss(new QuarticLoss())).Model.Score([0, 0, 0], score);

        double minimum = 0;
        for (double candidate = 0; candidate < 8; candidate += 0.001)
        {
            if (s_amounts.Sum(x => Math.Pow(x - candidate, 4)) < s_amounts.Sum(x => Math.Pow(x - minimum, 4)))
                minimum = candidate;
        }
        ((double)score[0]).Should().BeApproximately(minimum, 0.03 * minimum);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Fit_OwnLoss_GivesTheSameBitsForAnyNumberOfThreads(int threads)
    {
        float[] expected = FitAmounts(new CustomLoss(new QuarticLoss())).Weights;

        FitAmounts(new CustomLoss(new QuarticLoss()), engine: new ManagedEngine { Threads = threads }).Weights.Should().Equal(expected);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Fit_OwnLossThatThrows_GivesItsException(int threads)
    {
        Action fit = () => FitAmounts(new CustomLoss(new Faulty(() => throw new TimeZoneNotFoundException("mine"))), engine: new ManagedEngine { Threads = threads });

        fit.Should().Throw<TimeZoneNotFoundException>().WithMessage("mine");
    }

    [TestMethod]
    public void Fit_OwnLossOfNaN_IsToldAsDivergence()
    {
        Action fit = () => FitAmounts(new CustomLoss(new Faulty(() => double.NaN)));

        fit.Should().Throw<TrainingDivergedException>().WithMessage("Training diverged in epoch 1, batch 1: the loss is NaN.*");
    }

    [TestMethod]
    public void Fit_OwnLossOfClassification_TrainsAsTheBuiltInOne()
    {
        foreach (var task in new[] { LearningTask.Binary, LearningTask.Multiclass })
        {
            var expected = Trainer.Fit(task, options => options with { NumberOfEpochs = 20 });
            var own = Trainer.Fit(task, options => options with { NumberOfEpochs = 20, Loss = new CustomLoss(new OwnCrossEntropy()) });

            own.History.Epochs[^1].ValidationLoss.Should().BeApproximately(expected.History.Epochs[^1].ValidationLoss!.Value, 1e-4);
            own.Weights.Zip(expected.Weights, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(1e-3f);
        }
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    public void Fit_SmoothingOrFocalLoss_MakesProbabilitiesLessExtreme(LearningTask task)
    {
        DeepMlpOptions Long(DeepMlpOptions options) => options with { NumberOfEpochs = 150, EarlyStopping = null, Optimizer = new AdamOptions { LearningRate = 0.01f } };

        double plain = Confidence(Trainer.Fit(task, Long), task);
        double smoothed = Confidence(Trainer.Fit(task, options => Long(options) with { Loss = new CrossEntropyLoss(LabelSmoothing: 0.2f) }), task);
        double focal = Confidence(Trainer.Fit(task, options => Long(options) with { Loss = new FocalLoss(Gamma: 3) }), task);

        plain.Should().BeGreaterThan(0.95);
        smoothed.Should().BeLessThan(plain - 0.04);
        focal.Should().BeLessThan(plain - 0.04);
    }

    [TestMethod]
    public void Fit_FocalAlpha_MovesScoresTowardsTheHeavierClass()
    {
        double Share(float alpha) => Trainer.Fit(LearningTask.Binary, options => options with { NumberOfEpochs = 30, Loss = new FocalLoss(Alpha: alpha) })
            is var fitted ? Examples.Rows(300, seed: 4).Average(row => Score(fitted, row)[0]) : 0;

        Share(0.9f).Should().BeGreaterThan(Share(0.1f) + 0.3);
    }

    [TestMethod]
    public void Fit_LossesWithLogLink_NeverScoreBelowZero()
    {
        var rows = Examples.Rows(200);
        Array.ForEach(rows, row => row.Value = row.Features[0] > 0 ? MathF.Round(6 * row.Features[0]) + 0.25f : 0.01f);
        bool AnyNegative(Loss? loss) => Trainer.Fit(LearningTask.Regression, options => options with { Loss = loss, NumberOfEpochs = 30, ClampScores = false }, rows)
            is var fitted && rows.Any(row => Score(fitted, row)[0] < 0);

        AnyNegative(null).Should().BeTrue();
        foreach (Loss loss in new[] { Loss.Poisson, Loss.Gamma, Loss.Tweedie })
            AnyNegative(loss).Should().BeFalse(loss.ToString());
    }

    [TestMethod]
    public void Fit_Quantiles_CoverTheirSharesInOrderAndName()
    {
        var random = new System.Random(2);
        var rows = Examples.Rows(2000);
        Array.ForEach(rows, row => row.Value = row.Features[0] * 3 + (2 + row.Features[1]) * (random.NextSingle() - 0.5f));
        var fitted = Trainer.Fit(LearningTask.Regression,
            options => options with { Loss = new QuantileLoss(0.1f, 0.5f, 0.9f), NumberOfEpochs = 40, HiddenLayers = [16], Optimizer = new AdamOptions { LearningRate = 0.01f } }, rows);
        float[][] scores = [.. rows.Select(row => Score(fitted, row))];

        for (int i = 0; i < 3; i++)
            rows.Zip(scores, (row, score) => row.Value <= score[i] ? 1.0 : 0).Average().Should().BeApproximately(new[] { 0.1, 0.5, 0.9 }[i], 0.05);
        scores.Should().OnlyContain(score => score[0] <= score[1] && score[1] <= score[2]);
        fitted.History.MetricName.Should().Be("pinball loss");
        fitted.History.Epochs[^1].ValidationMetric.Should().BeLessThan(fitted.History.Epochs[0].ValidationMetric!.Value);
        var column = fitted.Transformer.GetOutputSchema(Examples.Load(_ml).Schema)["Score"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue("SlotNames", ref names);
        names.DenseValues().Select(name => name.ToString()).Should().Equal("quantile 0.1", "quantile 0.5", "quantile 0.9");
        ((DeepMlpRegressionModelParameters)fitted.Model).Quantiles.Should().Equal(0.1f, 0.5f, 0.9f);
    }

    [TestMethod]
    public void Fit_OneQuantile_ScoresANumberThatEvaluateTakes()
    {
        var data = Examples.Load(_ml);
        var fitted = Trainer.Fit(LearningTask.Regression, options => options with { Loss = new QuantileLoss(0.5f), NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = 0.02f } });

        fitted.Transformer.GetOutputSchema(data.Schema)["Score"].Type.Should().Be(NumberDataViewType.Single);
        _ml.Regression.Evaluate(fitted.Transformer.Transform(data), "Value").RSquared.Should().BeGreaterThan(0.9);
    }

    [TestMethod]
    [DynamicData(nameof(SavedLosses))]
    public void Load_ModelOfAnyLoss_ScoresTheSameBits(string name, object loss, object? transform)
    {
        var data = Examples.Load(_ml);
        var rows = Examples.Rows();
        Array.ForEach(rows, row => row.Value = MathF.Abs(row.Value) + 0.1f);
        var fitted = Trainer.Fit(LearningTask.Regression, options => options with { Loss = (Loss)loss, LabelTransform = (LabelTransform?)transform }, rows);

        var loaded = (DeepMlpTransformer<DeepMlpRegressionModelParameters>)SavedModels.ThroughStream(fitted.Transformer, null);

        RowTexts.Of(loaded.Transform(data)).Should().Equal(RowTexts.Of(fitted.Transformer.Transform(data)), name);
        SchemaTexts.Of(loaded.GetOutputSchema(data.Schema)).Should().Equal(SchemaTexts.Of(fitted.Transformer.GetOutputSchema(data.Schema)));
        var model = (DeepMlpRegressionModelParameters)fitted.Model;
        (loaded.Model.LabelTransform, loaded.Model.HasLogLink).Should().Be((model.LabelTransform, model.HasLogLink));
    }

    public static IEnumerable<object[]> SavedLosses =>
    [
        ["Poisson", Loss.Poisson, null!],
        ["no transform", Loss.Huber, LabelTransform.None],
        ["log", Loss.LogCosh, LabelTransform.Log],
        ["log1p", Loss.SquaredError, LabelTransform.LogOnePlus],
        ["quantiles", new QuantileLoss(0.2f, 0.8f), null!],
        ["quantile of logarithm", new QuantileLoss(0.3f), LabelTransform.Log],
        ["own", new CustomLoss(new QuarticLoss()), null!],
    ];

    [TestMethod]
    [DataRow("Gamma", 0f, "a finite number above 0 (GammaLoss)")]
    [DataRow("Poisson", -1f, "a finite number of at least 0 (PoissonLoss)")]
    [DataRow("Tweedie", -0.5f, "a finite number of at least 0 (TweedieLoss)")]
    [DataRow("Log", 0f, "a finite number above 0 (LabelTransform.Log)")]
    [DataRow("LogOnePlus", -1f, "a finite number above -1 (LabelTransform.LogOnePlus)")]
    public void Fit_LabelThatTheLossCannotHave_NamesTheRow(string what, float label, string expected)
    {
        var rows = Examples.Rows();
        Array.ForEach(rows, row => row.Value = 2);
        rows[17].Value = label;
        DeepMlpOptions Change(DeepMlpOptions options) => what switch
        {
            "Log" => options with { LabelTransform = LabelTransform.Log },
            "LogOnePlus" => options with { LabelTransform = LabelTransform.LogOnePlus },
            "Gamma" => options with { Loss = Loss.Gamma },
            "Poisson" => options with { Loss = Loss.Poisson },
            _ => options with { Loss = Loss.Tweedie },
        };

        Action fit = () => Trainer.Fit(LearningTask.Regression, Change, rows);

        fit.Should().Throw<InvalidOperationException>().WithMessage(FormattableString.Invariant(
            $"Row 17 (counted from 0) of label column 'Value' of the training data has no usable value ({label}): expected {expected}."));
    }

    [TestMethod]
    public void Fit_QuantilesOfAVector_AreRefused()
    {
        Action fit = () => Trainer.Fit(LearningTask.Regression, options => options with { LabelColumnName = "Values", Loss = new QuantileLoss(0.5f) });

        fit.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Schema mismatch for label column 'Values': expected a number or Boolean (quantiles are of one number), got *");
    }

    [TestMethod]
    [DynamicData(nameof(Misfits))]
    public void Trainer_LossOrTransformThatDoesNotFit_IsRefused(LearningTask task, object options, string expected)
    {
        Action create = () => Trainer.Of(task, _ml, (DeepMlpOptions)options);

        create.Should().Throw<ArgumentException>().WithMessage($"Invalid DeepMlpOptions:{Environment.NewLine}- {expected} (Parameter 'options')");
    }

    public static IEnumerable<object[]> Misfits
    {
        get
        {
            var valid = new DeepMlpOptions();
            return
            [
                [LearningTask.Regression, valid with { Loss = Loss.CrossEntropy }, $"Loss CrossEntropyLoss does not fit regression: {ForRegression}"],
                [LearningTask.Regression, valid with { Loss = new CustomLoss(new OwnCrossEntropy()) }, $"Loss CustomLoss does not fit regression: {ForRegression}"],
                [LearningTask.Binary, valid with { Loss = Loss.Huber }, "Loss HuberLoss does not fit binary classification: use CrossEntropyLoss, FocalLoss or a CustomLoss for it"],
                [LearningTask.Multiclass, valid with { Loss = new FocalLoss(Alpha: 0.3f) },
                    "Loss FocalLoss does not fit multiclass classification: use CrossEntropyLoss, FocalLoss without Alpha (ClassWeights weigh classes) or a CustomLoss for it"],
                [LearningTask.Binary, valid with { Loss = new CrossEntropyLoss(1) }, "Loss.LabelSmoothing must be at least 0 and below 1, got 1"],
                [LearningTask.Binary, valid with { Loss = new FocalLoss(-1) }, "Loss.Gamma must be at least 0 and finite, got -1"],
                [LearningTask.Binary, valid with { Loss = new FocalLoss(Alpha: 1) }, "Loss.Alpha must be above 0 and below 1, got 1"],
                [LearningTask.Regression, valid with { Loss = new HuberLoss(0) }, "Loss.Delta must be positive and finite, got 0"],
                [LearningTask.Regression, valid with { Loss = new TweedieLoss(2) }, "Loss.Power must be above 1 and below 2, got 2; use Poisson for 1 and Gamma for 2"],
                [LearningTask.Regression, valid with { Loss = new QuantileLoss() }, "Loss.Quantiles must be ascending numbers above 0 and below 1, at least one, got []"],
                [LearningTask.Regression, valid with { Loss = new QuantileLoss(0.5f, 0.25f) }, "Loss.Quantiles must be ascending numbers above 0 and below 1, at least one, got [0.5, 0.25]"],
                [LearningTask.Regression, valid with { Loss = new CustomLoss(null!) }, "Loss.Function must not be null"],
                [LearningTask.Binary, valid with { LabelTransform = LabelTransform.Log }, "LabelTransform is for regression alone; leave it unset"],
                [LearningTask.Regression, valid with { LabelTransform = (LabelTransform)9 }, "LabelTransform must be one of None, Standardize, Log, LogOnePlus, DivideByMean, got 9"],
                [LearningTask.Regression, valid with { Loss = Loss.Poisson, LabelTransform = LabelTransform.Standardize },
                    "LabelTransform Standardize does not fit PoissonLoss, whose scores are exponentials already: use DivideByMean or None"],
                [LearningTask.Regression, valid with { LabelTransform = LabelTransform.DivideByMean },
                    "LabelTransform DivideByMean is for losses with a log link (PoissonLoss, GammaLoss, TweedieLoss): use Standardize"],
            ];
        }
    }

    [TestMethod]
    public void Constructor_Default_HasTheDocumentedConstants()
    {
        var options = new DeepMlpOptions();

        (options.Loss, options.LabelTransform).Should().Be((null, null));
        new CrossEntropyLoss().LabelSmoothing.Should().Be(0);
        (new FocalLoss().Gamma, new FocalLoss().Alpha).Should().Be((2f, null));
        new HuberLoss().Delta.Should().Be(1);
        new TweedieLoss().Power.Should().Be(1.5f);
    }

    private static float[] Score(Fitted fitted, Example row)
    {
        float[] scores = new float[fitted.Model.ScoreCount];
        fitted.Model.Score(row.Features, scores);
        return scores;
    }

    private static double Confidence(Fitted fitted, LearningTask task) => Examples.Rows().Average(row => task == LearningTask.Binary
        ? Math.Max(DeepMlpBinaryModelParameters.ProbabilityOf(Score(fitted, row)[0]), DeepMlpBinaryModelParameters.ProbabilityOf(-Score(fitted, row)[0]))
        : Score(fitted, row).Max());

    /// <summary>A linear model of features that are all 0: its bias alone is trained.</summary>
    private static Fitted FitAmounts(Loss loss, LabelTransform? transform = null, IMlpEngine? engine = null)
    {
        var rows = s_amounts.Select(amount => new Example { Features = [0, 0, 0], Value = amount }).ToArray();
        return Trainer.Fit(LearningTask.Regression, options => options with
        {
            HiddenLayers = [],
            Loss = loss,
            LabelTransform = transform,
            EarlyStopping = null,
            BatchSize = 39,
            NumberOfEpochs = 800,
            Optimizer = new AdamOptions { LearningRate = 0.01f },
            Engine = engine ?? options.Engine,
        }, rows);
    }

    private sealed class Faulty(Func<double> compute) : ILossFunction
    {
        public LossTasks Tasks => LossTasks.Regression;

        public double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient) => compute();
    }

    /// <summary>Cross-entropy for two or more classes, by hand.</summary>
    private sealed class OwnCrossEntropy : ILossFunction
    {
        public LossTasks Tasks => LossTasks.BinaryClassification | LossTasks.MulticlassClassification;

        public double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
        {
            if (outputs.Length == 1)
            {
                double probability = 1 / (1 + Math.Exp(-outputs[0]));
                gradient[0] = (float)(probability - targets[0]);
                return targets[0] > 0 ? -Math.Log(probability) : -Math.Log(1 - probability);
            }

            double sum = 0;
            foreach (float logit in outputs)
                sum += Math.Exp(logit);
            for (int i = 0; i < outputs.Length; i++)
                gradient[i] = (float)(Math.Exp(outputs[i]) / sum - (i == (int)targets[0] ? 1 : 0));
            return Math.Log(sum) - outputs[(int)targets[0]];
        }
    }
}
