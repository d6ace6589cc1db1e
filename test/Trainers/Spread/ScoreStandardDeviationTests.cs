using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Networks.Ensembles;
using MLExtensions.Networks.Scoring;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Spread;

/// <summary>The spread of scores among members of an ensemble, or passes with dropout.</summary>
[TestClass]
public sealed class ScoreStandardDeviationTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Tasks => Enum.GetValues<LearningTask>().Select(task => new object[] { task });

    public static IEnumerable<object[]> TasksAndKinds => Tasks.SelectMany(task => new[] { true, false }, (task, ensemble) => new[] { task[0], ensemble });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Transform_Ensemble_GivesTheDeviationOfItsMembers(LearningTask task)
    {
        var rows = Examples.Rows();
        var fitted = Trainer.Fit(task, Ensemble);
        var layer = (EnsembleLayer)fitted.Model.Network.Layers[0];
        var members = layer.Members.Select((member, index) => new NetworkScorer(member, layer.WeightsOf(fitted.Model.CopyWeights(), index))).ToArray();

        float[][] deviations = DeviationsOf(fitted, rows);

        foreach (var (index, row) in rows.Index())
        {
            float[][] scores = [.. members.Select(member => FinishedScores(fitted, member, row.Features))];
            for (int i = 0; i < fitted.Model.ScoreCount; i++)
            {
                double mean = scores.Average(score => (double)score[i]);
                deviations[index][i].Should().BeApproximately((float)Math.Sqrt(scores.Average(score => Math.Pow(score[i] - mean, 2))), 1e-6f);
            }
        }
        deviations.Should().OnlyContain(deviation => deviation[0] > 0);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Transform_EnsembleOfNetworksThatAreSeveral_GivesTheDeviationOfAllOfTheirs(LearningTask task)
    {
        var rows = Examples.Rows();
        var fitted = Trainer.Fit(task, options => options with { BatchEnsemble = new() { Members = 3 }, Ensemble = new() { Members = 2 }, ScoreStandardDeviation = new() });
        var layer = (EnsembleLayer)fitted.Model.Network.Layers[0];
        var members = layer.Members.Select((member, index) => new PackedMemberScorer(member, layer.WeightsOf(fitted.Model.CopyWeights(), index))).ToArray();
        int count = fitted.Model.ScoreCount;

        float[][] deviations = DeviationsOf(fitted, rows);

        foreach (var (index, row) in rows.Index())
        {
            float[][] scores = [.. members.SelectMany(network =>
            {
                float[] own = new float[3 * count];
                network.ScoreMembers(row.Features, own);
                return own.Chunk(count);
            })];
            foreach (float[] one in scores)
                fitted.Model.FinishMember(one);
            for (int i = 0; i < count; i++)
            {
                double mean = scores.Average(score => (double)score[i]);
                deviations[index][i].Should().BeApproximately((float)Math.Sqrt(scores.Average(score => Math.Pow(score[i] - mean, 2))), 1e-6f);
            }
        }
        RowTexts.Of(SavedModels.ThroughStream(fitted.Transformer, Examples.Load(_ml).Schema).Transform(Examples.Load(_ml))).Should().Equal(RowTexts.Of(fitted.Transformer.Transform(Examples.Load(_ml))));
    }

    [TestMethod]
    [DynamicData(nameof(TasksAndKinds))]
    public void Transform_WithTheOption_AddsOneColumnBesideTheScore(LearningTask task, bool ensemble)
    {
        var data = Examples.Load(_ml);
        Func<DeepMlpOptions, DeepMlpOptions> kind = ensemble ? Ensemble : Dropout;
        var plain = Trainer.Fit(task, options => kind(options) with { ScoreStandardDeviation = null });
        var fitted = Trainer.Fit(task, kind);

        string[] columns = SchemaTexts.Of(fitted.Transformer.GetOutputSchema(data.Schema)), before = SchemaTexts.Of(plain.Transformer.GetOutputSchema(data.Schema));

        columns.Except(before).Should().Equal(task switch
        {
            LearningTask.Binary => "ScoreStandardDeviation: Single {ScoreColumnSetId Key<UInt32, 0-2147483646>, ScoreColumnKind String BinaryClassification, ScoreValueKind String ScoreStandardDeviation}",
            LearningTask.Multiclass => "ScoreStandardDeviation: Vector<Single, 3> {ScoreColumnSetId Key<UInt32, 0-2147483646>, ScoreColumnKind String MulticlassClassification, ScoreValueKind String ScoreStandardDeviation, " +
                "SlotNames Vector<String, 3> [blue green red]}",
            _ => "ScoreStandardDeviation: Single {ScoreColumnSetId Key<UInt32, 0-2147483646>, ScoreColumnKind String Regression, ScoreValueKind String ScoreStandardDeviation}",
        });
        Array.IndexOf(columns, columns.Except(before).Single()).Should().Be(Array.IndexOf(before, before.Single(column => column.StartsWith("Score:", StringComparison.Ordinal))) + 1);
        RowTexts.Of(fitted.Transformer.Transform(data), "Score", "PredictedLabel").Should().Equal(RowTexts.Of(plain.Transformer.Transform(data), "Score", "PredictedLabel"));
        fitted.Model.HasStandardDeviation.Should().BeTrue();
        plain.Model.HasStandardDeviation.Should().BeFalse();
    }

    [TestMethod]
    [DynamicData(nameof(TasksAndKinds))]
    public void SaveAndLoad_WithTheOption_GivesTheSameBits(LearningTask task, bool ensemble)
    {
        var data = Examples.Load(_ml);
        var fitted = Trainer.Fit(task, ensemble ? Ensemble : Dropout);

        var loaded = SavedModels.ThroughStream(fitted.Transformer, data.Schema);

        RowTexts.Of(loaded.Transform(data)).Should().Equal(RowTexts.Of(fitted.Transformer.Transform(data)));
        SchemaTexts.Of(loaded.GetOutputSchema(data.Schema)).Should().Contain(column => column.StartsWith("ScoreStandardDeviation", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("Truth", true)]
    [DataRow("TruthKey", false)]
    public void Binary_WithTheOption_Conforms(string label, bool ensemble) =>
        Conformance(ml => ml.BinaryClassification.Trainers.DeepMlp(Options(label, ensemble))).CheckAll();

    [TestMethod]
    [DataRow("Class", true)]
    [DataRow("TruthKey", false)]
    public void Multiclass_WithTheOption_Conforms(string label, bool ensemble) =>
        Conformance(ml => ml.MulticlassClassification.Trainers.DeepMlp(Options(label, ensemble))).CheckAll();

    [TestMethod]
    [DataRow("Value", true)]
    [DataRow("Values", false)]
    public void Regression_WithTheOption_Conforms(string label, bool ensemble) =>
        Conformance(ml => ml.Regression.Trainers.DeepMlp(Options(label, ensemble))).CheckAll();

    [TestMethod]
    [DataRow(0.5f, 1, "1 passes with dropout are impossible")]
    [DataRow(0.5f, 10_001, "10001 passes with dropout are impossible")]
    [DataRow(0f, 4, "the spread of scores is asked of a network that is no ensemble and has no dropout")]
    public void Load_SpreadThatCannotBe_IsRefused(float rate, int passes, string expected)
    {
        var network = new NetworkDescription(1, 1, [new DropoutLayer(rate), new LinearLayer(1, 1)]);

        FluentActions.Invoking(() => new SpreadPart(passes, 1).Check(network)).Should().Throw<FormatException>().WithMessage(expected);
    }

    [TestMethod]
    public void Transform_Quantiles_GivesADeviationOfEach()
    {
        var data = Examples.Load(_ml);
        var fitted = Trainer.Fit(LearningTask.Regression, options => Dropout(options) with { Loss = new QuantileLoss(0.1f, 0.5f, 0.9f) });

        var column = fitted.Transformer.GetOutputSchema(data.Schema)["ScoreStandardDeviation"];

        column.Type.Should().Be(new VectorDataViewType(NumberDataViewType.Single, 3));
        column.HasSlotNames().Should().BeTrue();
    }

    [TestMethod]
    public void Transform_Dropout_GivesTheSameAloneAndInABatch()
    {
        var rows = Examples.Rows();
        var data = _ml.Data.LoadFromEnumerable(rows);
        var fitted = Trainer.Fit(LearningTask.Regression, _ml, Dropout(Trainer.QuickFor(LearningTask.Regression)), data);
        float[][] batch = DeviationsOf(fitted, rows);
        using var engine = _ml.Model.CreatePredictionEngine<Example, Scored>(fitted.Transformer, data.Schema);

        foreach (var (index, row) in rows.Reverse().Index())
        {
            engine.Predict(row).ScoreStandardDeviation.Should().Be(batch[^(index + 1)][0]);
            DeviationsOf(fitted, [row])[0].Should().Equal(batch[^(index + 1)]);
        }
        batch.Select(deviation => deviation[0]).Distinct().Should().HaveCountGreaterThan(50);
    }

    [TestMethod]
    public void Transform_EqualRows_HaveEqualDeviations()
    {
        var fitted = Trainer.Fit(LearningTask.Regression, Dropout);
        var row = Examples.Rows()[3];

        float[][] deviations = DeviationsOf(fitted, [row, Examples.Rows()[4], row]);

        deviations[2].Should().Equal(deviations[0]);
    }

    [TestMethod]
    public void DropoutPasses_AnyNumber_GivesAboutTheSameDeviation()
    {
        float[] Deviations(int passes, int seed = 5) => [.. DeviationsOf(Trainer.Fit(LearningTask.Regression, options =>
            Dropout(options) with { HiddenLayers = [64], Seed = seed, ScoreStandardDeviation = new() { DropoutPasses = passes } }), Examples.Rows()).Select(deviation => deviation[0])];

        float[] many = Deviations(2_000), few = Deviations(64), two = Deviations(2);

        few.Zip(many).Should().OnlyContain(pair => Math.Abs(pair.First / pair.Second - 1) < 0.35);
        two.Should().NotEqual(few);
        Deviations(64).Should().Equal(few);
    }

    [TestMethod]
    public void Transform_RateOfDropout_MakesTheDeviation()
    {
        double Mean(float rate) => DeviationsOf(Trainer.Fit(LearningTask.Regression, options => Dropout(options) with { DropoutRate = rate }), Examples.Rows()).Average(deviation => deviation[0]);

        Mean(0.5f).Should().BeGreaterThan(1.5 * Mean(0.1f));
    }

    [TestMethod]
    public void Transform_OutsideTheTrainingRows_DeviatesMore()
    {
        var far = Examples.Rows();
        foreach (var row in far)
            row.Features = Array.ConvertAll(row.Features, value => 10 * value);
        foreach (Func<DeepMlpOptions, DeepMlpOptions> kind in (Func<DeepMlpOptions, DeepMlpOptions>[])[Ensemble, Dropout])
        {
            var fitted = Trainer.Fit(LearningTask.Regression, options => kind(options) with { NumberOfEpochs = 40, ClampScores = false });

            DeviationsOf(fitted, far).Average(deviation => deviation[0]).Should().BeGreaterThan(3 * DeviationsOf(fitted, Examples.Rows()).Average(deviation => deviation[0]));
        }
    }

    [TestMethod]
    public void Transform_ScoresAtTheirLimits_DeviateAsWithoutLimits()
    {
        var far = Examples.Rows();
        foreach (var row in far)
            row.Features = Array.ConvertAll(row.Features, value => 100 * value);
        float[] Of(bool limited) => [.. DeviationsOf(Trainer.Fit(LearningTask.Regression, options => Ensemble(options) with { ClampScores = limited }), far).Select(deviation => deviation[0])];

        Of(limited: true).Should().Equal(Of(limited: false)).And.OnlyContain(deviation => deviation > 0);
    }

    [TestMethod]
    public void Transform_EnsembleWithDropout_TakesTheMembers()
    {
        var fitted = Trainer.Fit(LearningTask.Regression, options => Ensemble(options) with { DropoutRate = 0.5f });
        var passes = Trainer.Fit(LearningTask.Regression, options => Ensemble(options) with { DropoutRate = 0.5f, ScoreStandardDeviation = new() { DropoutPasses = 3 } });

        DeviationsOf(passes, Examples.Rows()).SelectMany(deviation => deviation).Should().Equal(DeviationsOf(fitted, Examples.Rows()).SelectMany(deviation => deviation));
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Transform_BatchEnsemble_GivesTheDeviationOfItsMembers(LearningTask task)
    {
        var fitted = Trainer.Fit(task, options => options with { BatchEnsemble = new() { Members = 5 }, ScoreStandardDeviation = new() });
        var row = Examples.Rows()[4];
        var scorer = new PackedMemberScorer(fitted.Model.Network, fitted.Model.CopyWeights());
        int count = fitted.Model.ScoreCount;
        float[] outputs = new float[5 * count], mean = new float[count], expected = new float[count];

        scorer.ScoreMembers(row.Features, outputs);

        var means = new MemberMeans(((MemberOutputLayer)fitted.Model.Network.Layers[^1]).Mean, new double[MemberMeans.LengthFor(count)]);
        for (int member = 0; member < 5; member++)
            means.Add(outputs.AsSpan(member * count, count));
        means.CopyTo(mean);
        NetworkScorer.Of(fitted.Model.Network, fitted.Model.CopyWeights()).Score(row.Features, expected);
        mean.Should().Equal(expected);
        for (int member = 0; member < 5; member++)
            fitted.Model.FinishMember(outputs.AsSpan(member * count, count));
        double average = Enumerable.Range(0, 5).Average(member => (double)outputs[member * count]);
        double deviation = Math.Sqrt(Enumerable.Range(0, 5).Average(member => Math.Pow(outputs[member * count] - average, 2)));
        DeviationsOf(fitted, [row])[0][0].Should().BeApproximately((float)deviation, 1e-6f).And.BePositive();
        var data = Examples.Load(_ml);
        RowTexts.Of(SavedModels.ThroughStream(fitted.Transformer, data.Schema).Transform(data)).Should().Equal(RowTexts.Of(fitted.Transformer.Transform(data)));
    }

    [TestMethod]
    public void CrossValidate_WithTheOption_Works()
    {
        var trainer = _ml.Regression.Trainers.DeepMlp(Dropout(Trainer.QuickFor(LearningTask.Regression)));

        var results = _ml.Regression.CrossValidate(Examples.Load(_ml, 90), trainer, numberOfFolds: 3, labelColumnName: "Value");

        results.Should().HaveCount(3).And.OnlyContain(result => result.ScoredHoldOutSet.Schema.GetColumnOrNull("ScoreStandardDeviation") != null);
    }

    [TestMethod]
    public void TransformOutOfFold_OneMemberEach_HasNoDeviation()
    {
        var data = Examples.Load(_ml);

        var view = Trainer.Fit(LearningTask.Regression, Ensemble).TransformOutOfFold(data);

        view.Schema.Select(column => column.Name).Should().Contain("Score").And.NotContain("ScoreStandardDeviation");
    }

    [TestMethod]
    public void Options_NothingThatSpreads_AreRefused()
    {
        const string expected = "*- ScoreStandardDeviation must be null where there is neither an Ensemble or BatchEnsemble nor dropout, and so one network alone: set one of them, or DropoutRate above 0*";
        DeepMlpOptions[] refused =
        [
            new() { ScoreStandardDeviation = new(), DropoutRate = 0 },
            new() { ScoreStandardDeviation = new(), HiddenLayers = [] },
            new() { ScoreStandardDeviation = new(), DropoutRates = [0, 0], DropConnectRate = 0.1f },
        ];
        DeepMlpOptions[] accepted =
        [
            new() { ScoreStandardDeviation = new(), DropoutRate = 0, InputDropoutRate = 0.1f },
            new() { ScoreStandardDeviation = new(), DropoutRates = [0, 0.1f] },
            new() { ScoreStandardDeviation = new(), HiddenLayers = [], Ensemble = new() },
        ];

        foreach (var options in refused)
            FluentActions.Invoking(() => _ml.Regression.Trainers.DeepMlp(options)).Should().Throw<ArgumentException>().WithMessage(expected);
        foreach (var options in accepted)
            FluentActions.Invoking(() => _ml.Regression.Trainers.DeepMlp(options)).Should().NotThrow();
        FluentActions.Invoking(() => _ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { ScoreStandardDeviation = new() { DropoutPasses = 1 } }))
            .Should().Throw<ArgumentException>().WithMessage("*- ScoreStandardDeviation.DropoutPasses must be from 2 to 10,000, got 1*");
    }

    [TestMethod]
    public void ScoreStandardDeviation_WithoutTheOption_SaysWhatToDo()
    {
        var model = Trainer.Fit(LearningTask.Regression).Model;

        FluentActions.Invoking(() => model.ScoreStandardDeviation([1, 2, 3], new float[1])).Should().Throw<InvalidOperationException>()
            .WithMessage("The model measures no standard deviation: train it with DeepMlpOptions.ScoreStandardDeviation.");
    }

    private static DeepMlpOptions Ensemble(DeepMlpOptions options) => options with { Ensemble = new() { Members = 3 }, ScoreStandardDeviation = new() };

    private static DeepMlpOptions Dropout(DeepMlpOptions options) => options with { DropoutRate = 0.3f, ScoreStandardDeviation = new() };

    private static DeepMlpOptions Options(string label, bool ensemble) =>
        (ensemble ? Ensemble(Trainer.Quick) : Dropout(Trainer.Quick)) with { LabelColumnName = label, HiddenLayers = [5, 4], NumberOfEpochs = 2, Normalization = Normalization.Batch };

    private static EstimatorConformance<TTransformer> Conformance<TTransformer>(Func<MLContext, IEstimator<TTransformer>> create)
        where TTransformer : class, ITransformer => new(create, ml => Examples.Load(ml, 40), "Features");

    private float[][] DeviationsOf(Fitted fitted, Example[] rows)
    {
        var view = fitted.Transformer.Transform(Examples.Load(_ml, rows));
        return view.Schema["ScoreStandardDeviation"].Type is VectorDataViewType
            ? [.. view.GetColumn<float[]>("ScoreStandardDeviation")]
            : [.. view.GetColumn<float>("ScoreStandardDeviation").Select(value => new[] { value })];
    }

    private static float[] FinishedScores(Fitted fitted, NetworkScorer member, float[] features)
    {
        float[] scores = new float[fitted.Model.ScoreCount];
        member.Score(features, scores);
        fitted.Model.FinishScores(scores);
        return fitted.Model is DeepMlpBinaryModelParameters ? [DeepMlpBinaryModelParameters.ProbabilityOf(scores[0])] : scores;
    }

    private sealed class Scored
    {
        public float ScoreStandardDeviation { get; set; }
    }
}
