using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Tests;

[TestClass]
public sealed class VectorChecksTests
{
    private static readonly DataViewSchema.Column s_column = Column();

    [TestMethod]
    public void RequireSlots_VectorsOfTheType_Pass()
    {
        foreach (var vector in new VBuffer<float>[] { new(3, [1, 2, 3]), new(3, 0, [], []), new(3, 2, [1, 2], [0, 2]), new(3, 1, [1, 9], [2, 0]) })
            VectorChecks.RequireSlots(in vector, 3, s_column, 0);
    }

    [TestMethod]
    [DataRow(2, new[] { 0 }, "Row 7 (counted from 0) of column 'Vector' has 2 slots, and its type promises 3.")]
    [DataRow(3, new[] { -1 }, "Row 7 (counted from 0) of column 'Vector' has index -1 among those of its sparse values: expected ascending indices from 0 to 2, as its type promises 3 slots.")]
    [DataRow(3, new[] { 0, 3 }, "Row 7 (counted from 0) of column 'Vector' has index 3 among those of its sparse values: expected ascending indices from 0 to 2, as its type promises 3 slots.")]
    [DataRow(3, new[] { 2, 1 }, "Row 7 (counted from 0) of column 'Vector' has index 1 after index 2 among those of its sparse values: expected ascending indices from 0 to 2, as its type promises 3 slots.")]
    public void RequireSlots_OtherVectors_AreRefused(int length, int[] indices, string message)
    {
        Action check = () => VectorChecks.RequireSlots(new VBuffer<float>(length, indices.Length, new float[indices.Length], indices), 3, s_column, 7);

        check.Should().Throw<InvalidOperationException>().WithMessage(message);
    }

    private static DataViewSchema.Column Column()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Vector", new VectorDataViewType(NumberDataViewType.Single, 3));
        return builder.ToSchema()[0];
    }
}
