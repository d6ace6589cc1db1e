using Microsoft.ML;

namespace MLExtensions.Transforms.Tests;

/// <summary>What columns are taken for, and how that is told.</summary>
[TestClass]
public sealed class TableColumnKindTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Columns_AnyType_AreTakenForWhatTheySeem()
    {
        var columns = _ml.Transforms.EncodeTable("Features", TableData.Names).Fit(TableData.Load(_ml)).Columns;

        columns.ToString().Should().Be("""
            x
            """.ReplaceLineEndings("\n"));
    }
}
