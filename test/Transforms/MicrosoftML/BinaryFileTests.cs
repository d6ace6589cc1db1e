using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests.MicrosoftML;

[TestClass]
public sealed class BinaryFileTests
{
    [TestMethod]
    public void SaveAsBinary_ScaledData_ReadsBackToTheSameBitsAndAnnotations()
    {
        var ml = new MLContext(seed: 1);
        using var folder = new TestFolder();
        var data = TwoScales.Load(ml);
        var named = ml.Transforms.Concatenate("Named", "Label", "Features").Append(ml.Transforms.ScaleStandard("Named")).Fit(data).Transform(data);

        using (var stream = File.Create(folder.File("scaled.idv")))
            ml.Data.SaveAsBinary(named, stream);
        var loaded = ml.Data.LoadFromBinary(folder.File("scaled.idv"));

        RowTexts.Of(loaded).Should().Equal(RowTexts.Of(named));
        SchemaTexts.Of(loaded.Schema).Should().Contain(SchemaTexts.Of(named.Schema).Last()).And.ContainMatch("Named: *SlotNames*IsNormalized Boolean True*");
    }
}
