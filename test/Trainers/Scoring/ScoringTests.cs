using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;
using MLExtensions.Trainers.Labels;
using MLExtensions.Trainers.Models;

namespace MLExtensions.Trainers.Tests;

/// <summary>The values of the columns that models add, however they are read.</summary>
[TestClass]
public sealed class ScoringTests
{
    private static readonly LearningTask[] s_tasks = Enum.GetValues<LearningTask>();

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Transform_Binary_RelatesScoreProbabilityAndPredictedLabel()
    {
        var scored = Trainer.Fit(LearningTask.Binary).Transformer.Transform(Examples.Load(_ml, 200));

        var predictions = _ml.Data.CreateEnumerable<BinaryPrediction>(scored, reuseRowObject: false).ToArray();

        predictions.Should().HaveCount(200);
        predictions.Select(prediction => prediction.PredictedLabel).Distinct().Should().HaveCount(2);
        foreach (var prediction in predictions)
        {
            prediction.Probability.Should().BeApproximately((float)(1 / (1 + Math.Exp(-prediction.Score))), 1e-7f);
            prediction.PredictedLabel.Should().Be(prediction.Score > 0);
        }
    }

    [TestMethod]
    public void Transform_Multiclass_GivesProbabilitiesAndTheLikeliestClass()
    {
        var scored = Trainer.Fit(LearningTask.Multiclass, options => options with { NumberOfEpochs = 30 }).Transformer.Transform(Examples.Load(_ml, 200));

        float[][] scores = [.. scored.GetColumn<float[]>("Score")];
        uint[] predicted = [.. scored.GetColumn<uint>("PredictedLabel")];

        predicted.Distinct().Should().HaveCount(3);
        foreach (var (probabilities, label) in scores.Zip(predicted))
        {
            probabilities.Should().HaveCount(3).And.OnlyContain(probability => probability >= 0 && probability <= 1);
            probabilities.Sum().Should().BeApproximately(1, 1e-6f);
            label.Should().Be((uint)Array.IndexOf(probabilities, probabilities.Max()) + 1);
        }
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Score_OneRow_IsTheScoreColumn(LearningTask task)
    {
        var fitted = Trainer.Fit(task);
        var data = Examples.Load(_ml);
        float[] scores = new float[fitted.Model.ScoreCount];

        fitted.Model.Score(Examples.Rows()[7].Features, scores);

        var scored = fitted.Transformer.Transform(data);
        float[] expected = scored.Schema["Score"].Type is VectorDataViewType
            ? scored.GetColumn<float[]>("Score").ElementAt(7)
            : [scored.GetColumn<float>("Score").ElementAt(7)];
        scores.Should().Equal(expected);
    }

    [TestMethod]
    public void Score_WrongLengths_AreRefused()
    {
        var model = Trainer.Fit(LearningTask.Multiclass).Model;

        Action fewFeatures = () => model.Score(new float[2], new float[3]);
        Action muchRoom = () => model.Score(new float[3], new float[4]);

        fewFeatures.Should().Throw<ArgumentException>().WithMessage("Expected 3 features, got 2. (Parameter 'features')");
        muchRoom.Should().Throw<ArgumentException>().WithMessage("Expected room for 3 scores, got 4. (Parameter 'scores')");
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Transform_SparseFeatures_GivesTheSameAsDense(LearningTask task)
    {
        float[][] features = [.. Examples.Rows().Select(row => row.Features.Select((value, index) => index == 1 ? 0 : value).ToArray())];
        var dense = Data(features, values => new VBuffer<float>(3, values));
        var sparse = Data(features, values => new VBuffer<float>(3, 2, [values[0], values[2]], [0, 2]));
        var options = Trainer.QuickFor(task);

        var fromDense = Trainer.Fit(task, _ml, options, dense);
        var fromSparse = Trainer.Fit(task, _ml, options, sparse);

        fromSparse.Weights.Should().Equal(fromDense.Weights);
        RowTexts.Of(fromDense.Transformer.Transform(sparse), "Score", "PredictedLabel", "Probability")
            .Should().Equal(RowTexts.Of(fromDense.Transformer.Transform(dense), "Score", "PredictedLabel", "Probability"));
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Transform_OverAnyKindOfView_GivesTheSameRows(LearningTask task)
    {
        var data = Examples.Load(_ml);
        var scored = Trainer.Fit(task).Transformer.Transform(data);
        string[] expected = RowTexts.Of(scored);

        RowTexts.Of(_ml.Data.Cache(scored)).Should().Equal(expected);
        RowTexts.Of(_ml.Data.TakeRows(scored, 10)).Should().Equal(expected[..10]);
        RowTexts.Of(_ml.Data.SkipRows(scored, 50)).Should().Equal(expected[50..]);
        RowTexts.Of(_ml.Data.ShuffleRows(scored, seed: 3)).Should().BeEquivalentTo(expected).And.NotEqual(expected);
    }

    [TestMethod]
    public void Preview_Scored_ShowsTheColumns()
    {
        var data = Examples.Load(_ml);

        var preview = Trainer.Fit(LearningTask.Binary).Transformer.Transform(data).Preview(5);

        preview.RowView.Should().HaveCount(5);
        preview.RowView[0].Values.Select(value => value.Key).Should().ContainInOrder("Score", "Probability", "PredictedLabel");
    }

    [TestMethod]
    public void Predict_EachExample_GivesTheRowOfTransform()
    {
        var rows = Examples.Rows();
        var transformer = Trainer.Fit(LearningTask.Binary).Transformer;
        var expected = _ml.Data.CreateEnumerable<BinaryPrediction>(transformer.Transform(Examples.Load(_ml)), reuseRowObject: false).ToArray();
        using var engine = _ml.Model.CreatePredictionEngine<Example, BinaryPrediction>(transformer);

        var predictions = rows.Select(engine.Predict).ToArray();

        predictions.Should().BeEquivalentTo(expected, config => config.WithStrictOrdering());
    }

    [TestMethod]
    public void Predict_MulticlassWithLabelsMappedBack_NamesTheClass()
    {
        var data = Examples.Load(_ml, 200);
        var model = Trainer.Of(LearningTask.Multiclass, _ml, Trainer.QuickFor(LearningTask.Multiclass) with { NumberOfEpochs = 60 })
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        var scored = model.Transform(data);
        string[] expected = [.. scored.GetColumn<string>("PredictedLabel")];
        var loaded = SavedModels.ThroughStream(model, data.Schema);
        using var engine = _ml.Model.CreatePredictionEngine<WithClass, NamedPrediction>(loaded);

        string[] predicted = [.. Examples.Rows(200).Select(row => engine.Predict(new WithClass { Features = row.Features }).PredictedLabel)];

        predicted.Should().Equal(expected);
        predicted.Zip(Examples.Rows(200)).Count(pair => pair.First == pair.Second.Name).Should().BeGreaterThan(170, "it has learned something");
    }

    [TestMethod]
    public void Transform_ManyThreadsOnOneTransformer_GivesTheSameRows()
    {
        var data = Examples.Load(_ml);
        var fitted = Trainer.Fit(LearningTask.Multiclass);
        string[] expected = RowTexts.Of(fitted.Transformer.Transform(data));
        float[][] scores = [.. fitted.Transformer.Transform(data).GetColumn<float[]>("Score")];
        var failures = new System.Collections.Concurrent.ConcurrentBag<Exception>();

        Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            try
            {
                for (int i = 0; i < 20; i++)
                {
                    RowTexts.Of(fitted.Transformer.Transform(data)).Should().Equal(expected);
                    ScoreAll(fitted.Model).Should().BeEquivalentTo(scores, config => config.WithStrictOrdering());
                }
            }
            catch (Exception exception)
            {
                failures.Add(exception);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        failures.Should().BeEmpty();
    }

    [TestMethod]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    [DataRow(float.NegativeInfinity, "-Infinity")]
    public void Transform_FeatureIsNotFinite_ThrowsInsteadOfScoringNaN(float value, string text)
    {
        var rows = Examples.Rows(5);
        rows[3].Features[2] = value;

        foreach (var task in s_tasks)
        {
            var scored = Trainer.Fit(task).Transformer.Transform(Examples.Load(_ml, rows));

            Action read = () => RowTexts.Of(scored);

            read.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<InvalidOperationException>().Which.Message.Should().Be(
                $"Row 3 (counted from 0) of feature column 'Features' has {text} in slot 2: expected finite numbers. " +
                "Replace missing values (ReplaceMissingValues) or drop such rows (FilterRowsByMissingValues) first.");
        }
    }

    [TestMethod]
    public void Transform_ScoreOverflows_ThrowsInsteadOfScoringInfinity()
    {
        var network = new NetworkDescription(3, 1, [new LinearLayer(3, 1)]);
        var weights = new NetworkWeights(new ParameterLayout(network));
        weights["0.weight"].Fill(10);
        var transformer = new ChainPredictor<DeepMlpBinaryModelParameters>(new(network, weights, ClassLabels.Boolean), "Features", Trainer.Fit(LearningTask.Binary).History);
        var rows = Examples.Rows(5);
        rows[1].Features = [float.MaxValue, 0, 0];

        Action read = () => RowTexts.Of(transformer.Transform(Examples.Load(_ml, rows)));

        read.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<InvalidOperationException>().Which.Message.Should().Be(
            "Row 1 (counted from 0) gives scores that are not finite: its features are too large. Scale them as the training rows were.");
    }

    [TestMethod]
    public void Transform_OtherFeatureCountOrType_IsRefusedBeforeAnyRowIsRead()
    {
        var other = new CountingView(_ml.Data.LoadFromEnumerable([new FourFeatures()]));

        foreach (var task in s_tasks)
        {
            var transformer = Trainer.Fit(task).Transformer;

            Action transform = () => transformer.Transform(other);

            transform.Should().Throw<ArgumentOutOfRangeException>()
                .WithMessage("Schema mismatch for feature column 'Features': expected Vector<Single, 3>, got Vector<Single, 4>.*");
        }
        other.Requests.Should().BeEmpty();
    }

    [TestMethod]
    public void Transform_DataWithoutLabel_NeedsNone()
    {
        var bare = _ml.Data.LoadFromEnumerable(Examples.Rows().Select(row => new OnlyFeatures { Features = row.Features }));

        foreach (var task in s_tasks)
        {
            var transformer = Trainer.Fit(task).Transformer;

            RowTexts.Of(transformer.Transform(bare), "Score").Should().Equal(RowTexts.Of(transformer.Transform(Examples.Load(_ml)), "Score"));
        }
    }

    [TestMethod]
    [DataRow(0f, 0.5f)]
    [DataRow(1f, 0.7310586f)]
    [DataRow(-1f, 0.26894143f)]
    public void ProbabilityOf_Logit_IsItsSigmoid(float logit, float expected) =>
        DeepMlpBinaryModelParameters.ProbabilityOf(logit).Should().BeApproximately(expected, 1e-7f);

    [TestMethod]
    public void ProbabilityOf_ExtremeLogit_IsNeverZeroOrOne()
    {
        foreach (float logit in new[] { 20, 100, 1e10f, float.MaxValue, float.PositiveInfinity })
        {
            DeepMlpBinaryModelParameters.ProbabilityOf(logit).Should().BeLessThan(1).And.BeGreaterThan(0.99999f);
            DeepMlpBinaryModelParameters.ProbabilityOf(-logit).Should().BeGreaterThan(0).And.BeLessThan(0.00001f);
        }
    }

    private IDataView Data(float[][] features, Func<float[], VBuffer<float>> pack)
    {
        var rows = Examples.Rows().Zip(features).Select(pair => new AnyFeatures
        {
            Features = pack(pair.Second),
            Truth = pair.First.Truth,
            Name = pair.First.Name,
            Value = pair.First.Value,
        });
        var definition = SchemaDefinition.Create(typeof(AnyFeatures));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        var data = _ml.Data.LoadFromEnumerable(rows, definition);
        return _ml.Transforms.Conversion.MapValueToKey("Class", "Name").Fit(data).Transform(data);
    }

    private static float[][] ScoreAll(DeepMlpModelParameters model) => [.. Examples.Rows().Select(row =>
    {
        float[] scores = new float[model.ScoreCount];
        model.Score(row.Features, scores);
        return scores;
    })];

    private sealed class BinaryPrediction
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }

    private sealed class NamedPrediction
    {
        public string PredictedLabel { get; set; } = "";
    }

    private sealed class WithClass
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Class { get; set; }
    }

    private sealed class OnlyFeatures
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    private sealed class FourFeatures
    {
        [VectorType(4)]
        public float[] Features { get; set; } = new float[4];
    }

    private sealed class AnyFeatures
    {
        public VBuffer<float> Features { get; set; }

        public bool Truth { get; set; }

        public string Name { get; set; } = "";

        public float Value { get; set; }
    }
}
