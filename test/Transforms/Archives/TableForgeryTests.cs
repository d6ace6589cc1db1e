using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

/// <summary>Archives with sound checksums whose content no encoder of tables has written.</summary>
[TestClass]
public sealed class TableForgeryTests
{
    private const string Column = "Component/Columns/0";
    private const string Part = Column + "/Parts/0";

    [TestMethod]
    [DataRow("Component/OutputColumnName", "\"\"", "it has no output column, or no input columns")]
    [DataRow("Component/Columns", "[]", "it has no output column, or no input columns")]
    [DataRow("Component/Options/MinimumCount", "0", "MLExtTableEncoding has invalid options: MinimumCount must be at least 1, got 0")]
    [DataRow("Component/Options/MissingTexts", "null", "*MissingTexts*")]
    [DataRow(Column + "/Name", "\"\"", "it lists column '' without a name, or twice")]
    [DataRow(Column + "/Name", "\"Height\"", "it lists column 'Height' without a name, or twice")]
    [DataRow(Column + "/Kind", "9", "it takes column 'Color' for 9, of 1 parts")]
    [DataRow(Column + "/Parts", "[]", "it takes column 'Color' for Category, of 0 parts")]
    [DataRow(Column + "/Type/Item", "\"RowId\"", "it gives a column the type RowId, vector size , key count ")]
    [DataRow(Column + "/Type", "{\"Item\":\"String\",\"VectorSize\":2}", "it gives a column the type String, vector size 2, key count ")]
    [DataRow(Column + "/Type", "{\"Item\":\"Single\",\"VectorSize\":0}", "it gives a column the type Single, vector size 0, key count ")]
    [DataRow(Column + "/Type", "{\"Item\":\"Single\",\"KeyCount\":3}", "it gives a column the type Single, vector size , key count 3")]
    [DataRow(Column + "/Type", "{\"Item\":\"Single\",\"VectorSize\":2}", "it gives column 'Color' 1 parts, and the vector has 2 slots")]
    [DataRow(Column + "/Type", "{\"Item\":\"Single\",\"VectorSize\":1}", "part 'Color' is a category, and the column a vector")]
    [DataRow(Part + "/Name", "\"\"", "part '' has no name")]
    [DataRow(Part + "/Source", "1", "part 'Color' has source 1, of 1")]
    [DataRow(Part + "/Missing", "-1", "part 'Color' has a count that is none")]
    [DataRow(Part + "/IsNumber", "true", "part 'Color' is a number with categories, or of keys")]
    [DataRow(Part + "/Indicator", "\"x\"", "part 'Color' has an indicator, and is no number")]
    [DataRow(Part + "/Values", "null", "part 'Color' has counts of categories, and no categories")]
    [DataRow(Part + "/Values", "[\"red\"]", "part 'Color' does not tell how many rows its categories had")]
    [DataRow(Part + "/Counts", "[1,2,0]", "part 'Color' does not tell how many rows its categories had")]
    [DataRow(Part + "/Values", "[\"red\",\"blue\",\"red\"]", "part 'Color' has a value without text, or one twice")]
    [DataRow(Part + "/Values", "[\"red\",\"\",\"green\"]", "part 'Color' has a value without text, or one twice")]
    public void Load_ThatNoFitGives_IsRefused(string path, string value, string message)
    {
        string[] keys = path.Split('/');
        var (archive, description) = Saved();
        var node = keys[..^1].Aggregate((JsonNode)description, (parent, key) => int.TryParse(key, out int index) ? parent[index]! : parent[key]!);
        node[keys[^1]] = JsonNode.Parse(value);

        RefusalOf(archive, description).Should().Match($"Cannot load model component 'MLExtTableEncoding': entry 'Description.json' is refused: {message}.");
    }

    [TestMethod]
    public void Load_CategoriesWithoutValues_AreRefused()
    {
        var (archive, description) = Saved();
        var part = description["Component"]!["Columns"]![0]!["Parts"]![0]!;
        part["Values"] = new JsonArray();
        part["Counts"] = new JsonArray();

        RefusalOf(archive, description).Should().EndWith("part 'Color' has no categories, or too many.");
    }

    [TestMethod]
    public void Load_TwoPartsOfOneSource_AreRefused()
    {
        var (archive, description) = Saved();
        var parts = description["Component"]!["Columns"]![0]!["Parts"]!.AsArray();
        parts.Add(parts[0]!.DeepClone());

        RefusalOf(archive, description).Should().EndWith("it gives column 'Color' two parts of one source.");
    }

    [TestMethod]
    public void Load_MoreNumbersThanThereAre_AreRefused()
    {
        var (archive, description) = Saved();
        var part = description["Component"]!["Columns"]![1]!["Parts"]![0]!;
        part["IsNumber"] = false;
        part["Indicator"] = null;

        RefusalOf(archive, description).Should().Match("*it does not know tensor *");
    }

    private static (Archive Archive, JsonObject Description) Saved()
    {
        var ml = new MLContext(seed: 1);
        var archive = new Archive(SavedModels.ToBytes(ml.Transforms.EncodeTable("Features", "Color", "Height").Fit(TableData.Load(ml)), null));
        return (archive, JsonNode.Parse(archive[archive.Find("Description.json")])!.AsObject());
    }

    private static string RefusalOf(Archive archive, JsonObject description)
    {
        archive[archive.Find("Description.json")] = Encoding.UTF8.GetBytes(description.ToJsonString());
        ArchiveFuzz.Seal(archive);
        Action load = () => SavedModels.FromBytes(archive.ToBytes());

        return load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<FormatException>().Which.Message;
    }
}
