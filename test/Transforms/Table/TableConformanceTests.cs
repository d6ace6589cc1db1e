using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class TableConformanceTests
{
    [TestMethod]
    [DataRow(CategoryEncoding.Index, MissingNumbers.Median)]
    [DataRow(CategoryEncoding.Index, MissingNumbers.Keep)]
    [DataRow(CategoryEncoding.OneHot, MissingNumbers.Median)]
    public void EncodeTable_AnyTypeOfColumn_Conforms(CategoryEncoding encoding, MissingNumbers missing) =>
        new EstimatorConformance<TableEncodingTransformer>(
            ml => ml.Transforms.EncodeTable("Features", new TableEncodingOptions { CategoryEncoding = encoding, MissingNumbers = missing }, TableData.Names),
            TableData.Load, TableData.Names).CheckAll();

    [TestMethod]
    public void EncodeTable_ColumnsTakenForOthers_Conforms() =>
        new EstimatorConformance<TableEncodingTransformer>(
            ml => ml.Transforms.EncodeTable("Encoded", new TableEncodingOptions
            {
                Categories = ["Price", "Height", "Weight", "Code", "When", "Took"],
                Numbers = ["Known", "Rooms", "Sent"],
                MinimumCount = 2,
                MaximumCategories = 5,
            }, TableData.Names), TableData.Load, TableData.Names).CheckAll();
}
