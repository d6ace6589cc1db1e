using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Pipeline.Tests;

[TestClass]
public sealed class SchemaChecksTests
{
    private readonly IDataView _data = new MLContext().Data.LoadFromEnumerable([new Row()]);

    [TestMethod]
    [DataRow("Text", "String")]
    [DataRow("Fixed", "Vector<Double, 3>")]
    [DataRow("Ragged", "Vector<Int32> of unknown size")]
    public void Require_SchemaWithWrongType_NamesRoleColumnAndTypes(string name, string got)
    {
        Action check = () => SchemaChecks.Require(_data.Schema, "label", name, "Single", type => type == NumberDataViewType.Single);

        check.Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage($"Schema mismatch for label column '{name}': expected Single, got {got}.*");
    }

    [TestMethod]
    [DataRow("Text", "String")]
    [DataRow("Fixed", "Vector<Double>")]
    [DataRow("Ragged", "Vector<Int32> of unknown size")]
    [DataRow("Key", "Key<UInt32>")]
    public void Require_ShapeWithWrongType_NamesRoleColumnAndTypes(string name, string got)
    {
        Action check = () => SchemaChecks.Require(Shapes.Of(_data), "label", name, "Single", column => column.ItemType == NumberDataViewType.Single);

        check.Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage($"Schema mismatch for label column '{name}': expected Single, got {got}.*");
    }

    [TestMethod]
    public void Require_MissingColumn_ListsTheColumnsThatAreThere()
    {
        const string Message = "Could not find label column 'Price' (Single). The input has 'Text', 'Fixed', 'Ragged', 'Key'.*";

        Action schema = () => SchemaChecks.Require(_data.Schema, "label", "Price", "Single", _ => true);
        Action shape = () => SchemaChecks.Require(Shapes.Of(_data), "label", "Price", "Single", _ => true);

        schema.Should().Throw<ArgumentOutOfRangeException>().WithMessage(Message);
        shape.Should().Throw<ArgumentOutOfRangeException>().WithMessage(Message);
    }

    [TestMethod]
    public void Require_AcceptedColumn_ReturnsIt()
    {
        SchemaChecks.Require(_data.Schema, "label", "Fixed", "any", _ => true).Name.Should().Be("Fixed");
        SchemaChecks.Require(Shapes.Of(_data), "label", "Fixed", "any", _ => true).Kind.Should().Be(SchemaShape.Column.VectorKind.Vector);
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";

        [VectorType(3)]
        public double[] Fixed { get; set; } = [1, 2, 3];

        public int[] Ragged { get; set; } = [];

        [KeyType(4)]
        public uint Key { get; set; }
    }
}
