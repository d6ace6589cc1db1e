using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Archives scored without ML.NET give what ML.NET gives, to the bit.</summary>
[TestClass]
public sealed class ModelScorerTests
{
    public static IEnumerable<object[]> Names => FuzzedModels.Names.Where(name => (string)name[0] != "contributions");

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Score_ModelOfEachTaskAndLayer_GivesTheBitsOfMicrosoftML(string name)
    {
        var (model, data) = FuzzedModels.Fit(name);
        var scored = model.Transform(data);
        float[][] expected = Columns.Singles(scored, "Score");

        var scorer = Load(model, data);

        expected.Should().HaveCountGreaterThan(30);
        Bits(Rows(data).Select(features => Score(scorer, features))).Should().Equal(Bits(expected));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void OtherColumns_ModelOfEachTaskAndLayer_AreThoseOfMicrosoftML(string name)
    {
        var (model, data) = FuzzedModels.Fit(name);
        var scored = model.Transform(data);
        var scorer = Load(model, data);
        float[][] scores = [.. Rows(data).Select(features => Score(scorer, features))];

        if (scored.Schema.GetColumnOrNull("Probability") is not null)

            Bits(scores.Select(row => Probabilities(scorer, row))).Should().Equal(Bits(Columns.Singles(scored, "Probability")));
        if (scorer.Task is ModelTask.BinaryClassification or ModelTask.MulticlassClassification)
            scores.Select(row => scorer.PredictedLabel(row)).Should().Equal(Columns.Texts(scored, "PredictedLabel"));
        if (scorer.HasStandardDeviation)
            Bits(Rows(data).Select(features => Deviations(scorer, features))).Should().Equal(Bits(Columns.Singles(scored, "ScoreStandardDeviation")));
        if (scored.Schema.GetColumnOrNull("ScoreLower") is not null)
            Bits(scores.Select(row => new[] { scorer.IntervalOf(row).Lower })).Should().Equal(Bits(Columns.Singles(scored, "ScoreLower")));

        (scored.Schema.GetColumnOrNull("ScoreStandardDeviation") is not null).Should().Be(scorer.HasStandardDeviation);
        scorer.FeatureColumn.Should().Be("Features");
        scorer.FeatureCount.Should().Be(Rows(data)[0].Length);
    }

    [TestMethod]
    public void Load_FromFileAndStream_TellsWhatTheModelIs()
    {
        using var folder = new TestFolder();
        var fitted = Trainer.Fit(LearningTask.Multiclass);
        string path = folder.File("model.zip");
        new MLContext().Model.Save(fitted.Transformer, null, path);

        var scorer = ModelScorer.Load(path);

        scorer.Task.Should().Be(ModelTask.MulticlassClassification);
        scorer.Names.Should().Equal(Examples.ClassNames);
        scorer.LabelColumn.Should().Be("Class");
        scorer.ScoreCount.Should().Be(3);
        scorer.FeatureCount.Should().Be(3);
        scorer.Network.Layers.Should().HaveSameCount(fitted.Model.Network.Layers);
        scorer.StepsLeftOut.Should().BeEmpty();
    }

    [TestMethod]
    public void PredictedLabel_KeysWithoutValuesOfAReversedLabel_IsTheNumberOfTheKey()
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(Examples.Rows().Select(row => new KeyOfTwo { Features = row.Features, Plain = row.Truth ? 1u : 0u }));
        foreach (string positive in new[] { "1", "2" })
        {
            var model = ml.BinaryClassification.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Plain", PositiveLabel = positive }).Fit(data);
            var scorer = Load(model, data);

            Rows(data).Select(features => scorer.PredictedLabel(Score(scorer, features))).Should()
                .Equal(model.Transform(data).GetColumn<uint>("PredictedLabel").Select(key => $"{key}"), $"key {positive} is positive");
            scorer.Names.Should().BeNull();
        }
    }

    [TestMethod]
    public void StepsLeftOut_StepsBehindTheNetwork_AreNamedAndChangeNoScore()
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml);
        var network = ml.MulticlassClassification.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Multiclass)).Fit(data);
        var chain = network.Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(network.Transform(data)));

        var scorer = Load(chain, data);

        scorer.StepsLeftOut.Should().Equal("KeyToValueTransform");
        Score(scorer, Rows(data)[0]).Should().Equal(Score(Load(network, data), Rows(data)[0]));
    }

    [TestMethod]
    public void Load_StepBeforeTheNetworkThatIsNotRead_NamesIt()
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml);
        var model = ml.Transforms.NormalizeMinMax("Features").Append(ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression))).Fit(data);

        var load = () => Load(model, data);

        load.Should().Throw<NotSupportedException>().WithMessage("The model has the step 'Normalizer*' of Microsoft.ML.Data before its network, which is not read without ML.NET.*");
    }

    [TestMethod]
    public void Load_ModelsWithoutOneNetwork_SayWhatTheyHave()
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml);
        var trees = ml.Regression.Trainers.Sdca("Value").Fit(data);
        var two = ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression))
            .Append(ml.Transforms.Concatenate("All", "Features", "Score"))
            .Append(ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression) with { FeatureColumnName = "All" })).Fit(data);

        FluentActions.Invoking(() => Load(trees, data)).Should().Throw<NotSupportedException>().WithMessage("The model has no network of MLExtensions: its steps are *");
        FluentActions.Invoking(() => Load(two, data)).Should().Throw<NotSupportedException>().WithMessage("The model has 2 networks*");
    }

    [TestMethod]
    public void Load_NoArchive_SaysWhatWasExpected()
    {
        var text = () => ModelScorer.Load(new MemoryStream("no archive"u8.ToArray()));
        var missing = () => ModelScorer.Load("there-is-no-such-model.zip");
        var zip = () => ModelScorer.Load(new MemoryStream(new Archive(SavedModels.ToBytes(Trainer.Fit(LearningTask.Binary).Transformer, null)).Without("TransformerChain/Model.key")));

        text.Should().Throw<FormatException>().WithMessage("*no .zip archive*Expected what ml.Model.Save writes.");
        missing.Should().Throw<FileNotFoundException>();
        zip.Should().Throw<FormatException>().WithMessage("*no entry 'TransformerChain/Model.key'*");
    }

    [TestMethod]
    public void Load_MoreBytesThanAllowed_IsRefusedUnlessTheCallerAllowsThem()
    {
        byte[] archive = LargeArchiveTests.Forged("""{"Inputs":1,"Outputs":1,"Layers":[{"Layer":"linear","Inputs":1,"Outputs":1}]}""",
            [new("0.weight", [1, 1], [2f]), new("0.bias", [1], [1f])], padding: 33 << 20);
        archive.Length.Should().BeLessThan(1 << 20);

        FluentActions.Invoking(() => ModelScorer.Load(new MemoryStream(archive))).Should().Throw<FormatException>()
            .WithMessage("*it unpacks to 34* bytes, and 33554432 are allowed: if you trust the archive, give ModelScorer.Load the number that is allowed.");
        Score(ModelScorer.Load(new MemoryStream(archive), allowedBytes: 64 << 20), [3f]).Should().Equal(7f);
    }

    [TestMethod]
    [DataRow("binary")]
    [DataRow("quantiles")]
    [DataRow("ensemble")]
    public void Load_AnyByteFlipped_IsRefusedOrChangesNothing(string name)
    {
        var (model, data) = FuzzedModels.Fit(name);
        var archive = new Archive(SavedModels.ToBytes(model, null));
        float[] features = Rows(data)[0], expected = Score(Load(model, data), features);
        int refused = 0, tried = 0;

        foreach (string entry in archive.Names)
        {
            byte[] content = archive[entry];
            for (int i = 0; i < content.Length; i += content.Length > 1000 ? 23 : 1)
            {
                byte[] flipped = [.. content];
                flipped[i] ^= (byte)(1 << (i % 8));
                tried++;
                try
                {
                    Score(ModelScorer.Load(new MemoryStream(archive.With(entry, flipped))), features).Should().Equal(expected, $"byte {i} of {entry} was flipped");
                }
                catch (Exception exception) when (exception is FormatException or NotSupportedException)
                {
                    refused++;
                }
            }
        }

        // What is not refused stands in the name of an assembly and in ML.NET's own notes.
        refused.Should().BeGreaterThan(tried * 2 / 3);
    }

    [TestMethod]
    public void Score_WrongInput_SaysWhatWasExpected()
    {
        var (model, data) = FuzzedModels.Fit("bins, robust");
        var scorer = Load(model, data);
        float[] features = Rows(data)[0], scores = new float[1];

        FluentActions.Invoking(() => scorer.Score(features[1..], scores)).Should().Throw<ArgumentException>().WithMessage($"Expected {features.Length} features, got {features.Length - 1}.*");
        FluentActions.Invoking(() => scorer.Score(features, [])).Should().Throw<ArgumentException>().WithMessage("Expected 1 number, one for each score, got 0.*");
        FluentActions.Invoking(() => scorer.Score([float.PositiveInfinity, .. features[1..]], scores)).Should().Throw<ArgumentException>().WithMessage("Feature 0 (counted from 0)* is Infinity: expected a finite number*");
        FluentActions.Invoking(() => scorer.PredictedClass([0f, 1f])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => scorer.IntervalOf(scores)).Should().Throw<InvalidOperationException>().WithMessage("The model has no intervals*");
        FluentActions.Invoking(() => scorer.ScoreStandardDeviation(features, scores)).Should().Throw<InvalidOperationException>().WithMessage("The model measures no standard deviation*");
    }

    [TestMethod]
    public void Score_InvalidCategoryAndMissingNumber_AreRefusedAsMicrosoftMLRefusesThem()
    {
        var (model, data) = FuzzedModels.Fit("periods");
        var scorer = Load(model, data);
        float[] scores = new float[1];
        int category = scorer.Network.Layout!.Categories[0].Slot, number = Enumerable.Range(0, scorer.FeatureCount).First(slot => !scorer.Network.Layout.IsCategory(slot));

        FluentActions.Invoking(() => scorer.Score(With(category, 1000), scores)).Should().Throw<ArgumentException>().WithMessage($"Feature {category} (counted from 0)* is 1000: expected the index of one of*");
        FluentActions.Invoking(() => scorer.Score(With(number, float.NaN), scores)).Should().Throw<ArgumentException>().WithMessage($"Feature {number} (counted from 0)* is NaN: expected a finite number*");
        scorer.Score(With(category, float.NaN), scores);
        scores[0].Should().NotBe(0);

        float[] With(int slot, float value)
        {
            float[] features = [.. Rows(data)[0]];
            features[slot] = value;
            return features;
        }
    }

    [TestMethod]
    public void Regression_AskedForClassesOrProbabilities_SaysThatItHasNone()
    {
        var scorer = Load(Trainer.Fit(LearningTask.Regression).Transformer, Examples.Load(new MLContext()));

        FluentActions.Invoking(() => scorer.PredictedClass([1f])).Should().Throw<InvalidOperationException>().WithMessage("A model for Regression tells no single class*");
        FluentActions.Invoking(() => scorer.Probabilities([1f], new float[1])).Should().Throw<InvalidOperationException>();
    }

    [TestMethod]
    public void Score_ManyThreadsAtOnce_GivesTheSameBitsAndTakesNoMemory()
    {
        var (model, data) = FuzzedModels.Fit("ensemble");
        var scorer = Load(model, data);
        float[][] rows = Rows(data), expected = [.. rows.Select(features => Score(scorer, features))];

        Parallel.For(0, 64, _ =>
        {
            foreach (var (features, scores) in rows.Zip(expected))
                Score(scorer, features).Should().Equal(scores);
        });

        float[] into = new float[scorer.ScoreCount];
        long before = GC.GetAllocatedBytesForCurrentThread();
        scorer.Score(rows[0], into);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static ModelScorer Load(ITransformer model, IDataView data) => ModelScorer.Load(new MemoryStream(SavedModels.ToBytes(model, data.Schema)));

    private static float[][] Rows(IDataView data) => Columns.Singles(data, "Features");

    private static float[] Score(ModelScorer scorer, float[] features)
    {
        float[] scores = new float[scorer.ScoreCount];
        scorer.Score(features, scores);
        return scores;
    }

    private static float[] Probabilities(ModelScorer scorer, float[] scores)
    {
        float[] probabilities = new float[scores.Length];
        scorer.Probabilities(scores, probabilities);
        return probabilities;
    }

    private static float[] Deviations(ModelScorer scorer, float[] features)
    {
        float[] deviations = new float[scorer.ScoreCount];
        scorer.ScoreStandardDeviation(features, deviations);
        return deviations;
    }

    private static int[] Bits(IEnumerable<float[]> rows) => [.. rows.SelectMany(row => row.Select(BitConverter.SingleToInt32Bits))];

    private sealed class KeyOfTwo
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Plain { get; set; }
    }
}
