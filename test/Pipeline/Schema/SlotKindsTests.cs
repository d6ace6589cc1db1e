using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Tests;

[TestClass]
public sealed class SlotKindsTests
{
    private static readonly VectorDataViewType s_features = new(NumberDataViewType.Single, 2);

    [TestMethod]
    public void Kinds_WhatWasAdded_ComesBack()
    {
        var column = Column(builder => SlotKinds.Add(builder, [SlotKind.MissingIndicator, SlotKind.Category]));

        column.Annotations.Schema["SlotKinds"].Type.Should().Be(new VectorDataViewType(TextDataViewType.Instance, 2));
        SlotKinds.Of(column, "feature").Should().Equal(SlotKind.MissingIndicator, SlotKind.Category);
    }

    [TestMethod]
    public void Values_WhatWasAdded_ComesBack()
    {
        var column = Column(builder => CategoryValues.Add(builder, [[], ["<=50K", "a\"b\n"]]));

        column.Annotations.Schema["CategoryValues"].Type.Should().Be(new VectorDataViewType(TextDataViewType.Instance, 2));
        CategoryValues.Of(column, "feature").Should().BeEquivalentTo(new string[][] { [], ["<=50K", "a\"b\n"] }, options => options.WithStrictOrdering());
        Texts(column, "CategoryValues").Should().Equal("", """["<=50K","a\"b\n"]""");
    }

    [TestMethod]
    public void Of_NoAnnotation_GivesNull()
    {
        SlotKinds.Of(Column(_ => { }), "feature").Should().BeNull();
        CategoryValues.Of(Column(_ => { }), "feature").Should().BeNull();
    }

    [TestMethod]
    public void Of_AnotherTypeOrSize_IsRefused()
    {
        MessageOf(() => SlotKinds.Of(Column(builder => builder.AddPrimitiveValue("SlotKinds", NumberDataViewType.Int32, 3)), "feature")).Should()
            .Be("Schema mismatch for feature column 'Features': expected annotation SlotKinds of type Vector<String, 2>, got Int32. (Parameter 'Features')");
        MessageOf(() => CategoryValues.Of(Column(builder => CategoryValues.Add(builder, [[]])), "feature")).Should()
            .Be("Schema mismatch for feature column 'Features': expected annotation CategoryValues of type Vector<String, 2>, got Vector<String, 1>. (Parameter 'Features')");
    }

    [TestMethod]
    [DataRow("Numbers")]
    [DataRow("0")]
    [DataRow("number")]
    [DataRow("")]
    public void Kinds_UnknownText_IsRefused(string text) =>
        MessageOf(() => SlotKinds.Of(Column(builder => AddTexts(builder, "SlotKinds", "Number", text)), "feature")).Should().Be(
            "Schema mismatch for feature column 'Features': expected annotation SlotKinds to have one of Number, MissingIndicator, Category, CategoryIndicator in each slot, " +
            $"got '{text}' in slot 1. (Parameter 'Features')");

    [TestMethod]
    [DataRow("red, blue")]
    [DataRow("[\"red\", null]")]
    [DataRow("[1]")]
    [DataRow("null")]
    public void Values_NoArrayOfTexts_AreRefused(string text) =>
        MessageOf(() => CategoryValues.Of(Column(builder => AddTexts(builder, "CategoryValues", "", text)), "feature")).Should().Be(
            $"Schema mismatch for feature column 'Features': expected annotation CategoryValues to have a JSON array of texts in each slot, or nothing, got '{text}' in slot 1. (Parameter 'Features')");

    private static void AddTexts(DataViewSchema.Annotations.Builder builder, string kind, params string[] texts)
    {
        ReadOnlyMemory<char>[] values = [.. texts.Select(text => text.AsMemory())];
        builder.Add(kind, new VectorDataViewType(TextDataViewType.Instance, values.Length),
            (ref VBuffer<ReadOnlyMemory<char>> destination) => new VBuffer<ReadOnlyMemory<char>>(values.Length, values).CopyTo(ref destination));
    }

    private static IEnumerable<string> Texts(DataViewSchema.Column column, string kind)
    {
        VBuffer<ReadOnlyMemory<char>> texts = default;
        column.Annotations.GetValue(kind, ref texts);
        return texts.DenseValues().Select(text => text.ToString());
    }

    private static string MessageOf(Action read) => read.Should().Throw<ArgumentOutOfRangeException>().Which.Message;

    private static DataViewSchema.Column Column(Action<DataViewSchema.Annotations.Builder> annotate)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotate(annotations);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", s_features, annotations.ToAnnotations());
        return schema.ToSchema()["Features"];
    }
}
