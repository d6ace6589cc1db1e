using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Archives of every task and layer, hurt in many ways: refused, or scored with, and never a crash. Seeds are fixed.</summary>
[TestClass]
public sealed class ArchiveFuzzTests
{
    public static IEnumerable<object[]> Models => FuzzedModels.Names;

    // A seal does not ask what is sealed: of all layers that stand before the first these have the largest description.
    [TestMethod]
    [DataRow("binary")]
    [DataRow("multiclass")]
    [DataRow("regression")]
    [DataRow("quantiles")]
    [DataRow("multilabel")]
    [DataRow("ensemble")]
    public void Load_Flip_IsRefused(string name) => ArchiveFuzz.EveryFlipIsRefused(SavedModels.ToBytes(FuzzedModels.Fit(name).Model, null), step: 23);

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Load_SealedForgery_IsRefusedOrScores(string name)
    {
        var (model, data) = FuzzedModels.Fit(name);

        ArchiveFuzz.SealedForgeriesAreRefusedOrScore(SavedModels.ToBytes(model, null), 240, altered => Score(altered, data)).Should().BeInRange(50, 239);
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Load_AlteredFile_IsRefusedOrScores(string name)
    {
        var (model, data) = FuzzedModels.Fit(name);

        ArchiveFuzz.AlteredFilesAreRefusedOrScore(SavedModels.ToBytes(model, data.Schema), 100, altered => Score(altered, data)).Should().BeInRange(30, 100);
    }

    [TestMethod]
    [DoNotParallelize]
    public void Load_ManyTimes_TakesNoMoreMemory()
    {
        var (model, data) = FuzzedModels.Fit("multiclass");
        byte[] archive = SavedModels.ToBytes(model, data.Schema);
        Load(50);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        Load(200);

        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(1 << 20);

        void Load(int times)
        {
            for (int i = 0; i < times; i++)
                Score(SavedModels.FromBytes(archive), data);
        }
    }

    private static void Score(ITransformer model, IDataView data) => RowTexts.Of(model.Transform(data)).Should().NotBeEmpty();
}
