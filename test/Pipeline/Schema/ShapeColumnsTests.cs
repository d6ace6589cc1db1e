using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Tests;

[TestClass]
public sealed class ShapeColumnsTests
{
    [TestMethod]
    public void Make_EveryKind_HasNameKindTypeAndAnnotations()
    {
        var names = ShapeColumns.Vector("SlotNames", TextDataViewType.Instance);

        var scalar = ShapeColumns.Scalar("a", NumberDataViewType.Single);
        var vector = ShapeColumns.Vector("b", NumberDataViewType.Double, names);
        var key = ShapeColumns.Key("c");
        var copy = ShapeColumns.Copy(vector, "d");

        (scalar.Name, scalar.Kind, scalar.ItemType, scalar.IsKey, scalar.Annotations.Count)
            .Should().Be(("a", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false, 0));
        (vector.Name, vector.Kind, vector.ItemType, vector.IsKey, vector.Annotations[0].Name)
            .Should().Be(("b", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Double, false, "SlotNames"));
        (key.Name, key.Kind, key.ItemType, key.IsKey)
            .Should().Be(("c", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true));
        (copy.Name, copy.Kind, copy.ItemType, copy.Annotations.Count)
            .Should().Be(("d", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Double, 0));
    }
}
