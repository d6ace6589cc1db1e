using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Tests;

[TestClass]
public sealed class CategoryCountsTests
{
    private static readonly VectorDataViewType s_features = new(NumberDataViewType.Single, 3);

    [TestMethod]
    public void Of_WhatWasAdded_GivesIt()
    {
        int[] counts = [0, 4, CategoryCounts.Maximum];

        var column = Column(builder => CategoryCounts.Add(builder, counts));

        column.Annotations.Schema["CategoryCounts"].Type.Should().Be(new VectorDataViewType(NumberDataViewType.Int32, 3));
        CategoryCounts.Of(column, "feature").Should().Equal(0, 4, 16777216);
        counts[1] = 9;
        CategoryCounts.Of(column, "feature").Should().Equal(0, 4, 16777216);
    }

    [TestMethod]
    public void Of_SparseAnnotation_IsMadeDense() =>
        CategoryCounts.Of(Column(builder => builder.Add(CategoryCounts.Kind, new VectorDataViewType(NumberDataViewType.Int32, 3),
            (ref VBuffer<int> value) => value = new VBuffer<int>(3, 1, [7], [2]))), "feature").Should().Equal(0, 0, 7);

    [TestMethod]
    public void Of_NoAnnotation_GivesNull() => CategoryCounts.Of(Column(_ => { }), "feature").Should().BeNull();

    [TestMethod]
    public void Of_AnotherTypeOrSize_IsRefused()
    {
        MessageOf(Column(builder => builder.AddPrimitiveValue(CategoryCounts.Kind, NumberDataViewType.Int32, 3))).Should()
            .Be("Schema mismatch for feature column 'Features': expected annotation CategoryCounts of type Vector<Int32, 3>, got Int32. (Parameter 'Features')");
        MessageOf(Column(builder => CategoryCounts.Add(builder, [0, 1]))).Should().EndWith("got Vector<Int32, 2>. (Parameter 'Features')");
        MessageOf(Column(builder => builder.Add(CategoryCounts.Kind, s_features, (ref VBuffer<float> _) => { }))).Should().EndWith("got Vector<Single, 3>. (Parameter 'Features')");
    }

    [TestMethod]
    [DataRow(-2)]
    [DataRow(16777217)]
    public void Of_CountOutOfRange_NamesTheSlot(int count) =>
        MessageOf(Column(builder => CategoryCounts.Add(builder, [0, 4, count]))).Should().Be(
            $"Schema mismatch for feature column 'Features': expected annotation CategoryCounts to have from 0 to 16777216 in each slot, got {count} in slot 2. (Parameter 'Features')");

    private static string MessageOf(DataViewSchema.Column column)
    {
        Action read = () => CategoryCounts.Of(column, "feature");

        return read.Should().Throw<ArgumentOutOfRangeException>().Which.Message;
    }

    private static DataViewSchema.Column Column(Action<DataViewSchema.Annotations.Builder> annotate)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotate(annotations);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", s_features, annotations.ToAnnotations());
        return schema.ToSchema()["Features"];
    }
}
