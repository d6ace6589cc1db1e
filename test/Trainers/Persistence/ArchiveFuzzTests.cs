using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Archives of every task, hurt in many ways: refused, or scored with, and never a crash. Seeds are fixed.</summary>
[TestClass]
public sealed class ArchiveFuzzTests
{
    private static readonly MLContext s_ml = new(seed: 1);
    private static readonly IDataView s_data = Examples.Load(s_ml);

    public static IEnumerable<object[]> Models => new[] { "binary", "multiclass", "regression", "quantiles", "multilabel" }.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Load_Flip_IsRefused(string name) => ArchiveFuzz.EveryFlipIsRefused(SavedModels.ToBytes(Fit(name), null), step: 23);

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Load_SealedForgery_IsRefusedOrScores(string name) =>
        ArchiveFuzz.SealedForgeriesAreRefusedOrScore(SavedModels.ToBytes(Fit(name), null), 200, Score).Should().BeInRange(50, 199);

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Load_AlteredFile_IsRefusedOrScores(string name) =>
        ArchiveFuzz.AlteredFilesAreRefusedOrScore(SavedModels.ToBytes(Fit(name), s_data.Schema), 100, Score).Should().BeInRange(30, 100);

    [TestMethod]
    [DoNotParallelize]
    public void Load_ManyTimes_TakesNoMoreMemory()
    {
        byte[] archive = SavedModels.ToBytes(Fit("multiclass"), s_data.Schema);
        Load(50);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        Load(200);

        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(1 << 20);

        void Load(int times)
        {
            for (int i = 0; i < times; i++)
                Score(SavedModels.FromBytes(archive));
        }
    }

    private static void Score(ITransformer model) => RowTexts.Of(model.Transform(s_data)).Should().NotBeEmpty();

    private static ITransformer Fit(string name)
    {
        var options = Trainer.Quick with
        {
            HiddenLayers = [4, 6, 3],
            Activations = [Activation.PRelu, new MaxoutActivation(2), Activation.Gelu],
            Normalization = name == "binary" ? Normalization.Layer : Normalization.Batch,
            ScalesInputs = true,
            InputDropoutRate = 0.1f,
            ScoreStandardDeviation = name is "regression" or "multilabel" ? new() { DropoutPasses = 4 } : null,
            PredictionInterval = name is "regression" or "quantiles" ? new() { Coverage = 0.5 } : null,
            NumberOfEpochs = 1,
            CalibrateProbabilities = name is "binary" or "multiclass",
        };
        var data = s_ml.Transforms.CopyColumns("Label", name switch { "binary" => "Truth", "multiclass" => "Class", "multilabel" => "Flags", _ => "Value" })
            .Fit(WithFlags()).Transform(WithFlags());
        return name switch
        {
            "binary" => s_ml.BinaryClassification.Trainers.DeepMlp(options).Fit(data),
            "multiclass" => s_ml.MulticlassClassification.Trainers.DeepMlp(options).Fit(data),
            "multilabel" => s_ml.MultilabelClassification.Trainers.DeepMlp(options).Fit(data),
            "quantiles" => s_ml.Regression.Trainers.DeepMlp(options with { Loss = new QuantileLoss(0.1f, 0.5f, 0.9f) }).Fit(data),
            _ => s_ml.Regression.Trainers.DeepMlp(options).Fit(data),
        };
    }

    private static IDataView WithFlags() => s_ml.Transforms.CustomMapping<Example, Flagged>((row, flagged) => flagged.Flags = [row.Truth, !row.Truth], null)
        .Fit(s_data).Transform(s_data);

    private sealed class Flagged
    {
        [Microsoft.ML.Data.VectorType(2)]
        public bool[] Flags { get; set; } = [];
    }
}
