using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Archives;

namespace MLExtensions.Pipeline.Tests;

[TestClass]
public sealed class SlotNamesTests
{
    [TestMethod]
    public void Of_NamedSlots_GivesTheirNames() => SlotNames.Of(Column("a", "b", ""))!.Texts.Should().Equal("a", "b", "");

    [TestMethod]
    public void Of_NoNames_GivesNull()
    {
        SlotNames.Of(Column(3, null)).Should().BeNull();
        SlotNames.Of(Column("", "", "")).Should().BeNull("empty names tell nothing");
        SlotNames.Of(Builder(new("Label", NumberDataViewType.Single, null))).Should().BeNull();
    }

    [TestMethod]
    public void Of_MoreSlotsThanAreLookedAt_ReadsNoName()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(AnnotationNames.SlotNames, new VectorDataViewType(TextDataViewType.Instance, SlotNames.MostHashes + 1),
            (ref VBuffer<ReadOnlyMemory<char>> _) => throw new InvalidOperationException("Read."));

        SlotNames.Of(Builder(new("Features", new VectorDataViewType(NumberDataViewType.Single, SlotNames.MostHashes + 1), annotations.ToAnnotations()))).Should().BeNull();
    }

    [TestMethod]
    public void Require_TheSameNamesOrNone_IsAccepted()
    {
        var names = SlotNames.Of(Column("a", "b", ""))!;

        names.Require(Column("a", "b", ""), "feature", "the model");
        names.Require(Column(3, null), "feature", "the model");
        names.Require(Column("", "b", "c"), "feature", "the model");
    }

    [TestMethod]
    public void Require_AnotherOrder_NamesTheFirstSlotsThatDiffer()
    {
        MessageOf(["a", "b", "c"], ["b", "a", "c"]).Should().Be("Schema mismatch for feature column 'Features': expected the slots of the model, got the same names in another order: " +
            "'b' in slot 0 for 'a', 'a' in slot 1 for 'b'. Put the slots in the same order, as Concatenate gets its columns. (Parameter 'Features')");
        MessageOf(["a", "b", "c", "d", "e"], ["b", "c", "d", "e", "a"]).Should().Contain("'b' in slot 0 for 'a', 'c' in slot 1 for 'b', 'd' in slot 2 for 'c' and 2 more. Put ");
    }

    [TestMethod]
    public void Require_OtherNames_SaysSo() =>
        MessageOf(["a", "b", "c"], ["a", "x", "c"]).Should().Be("Schema mismatch for feature column 'Features': expected the slots of the model, got " +
            "'x' in slot 1 for 'b'. Give the columns that it was fitted to. (Parameter 'Features')");

    [TestMethod]
    public void Require_ManyNames_AreComparedByTheirHashes()
    {
        var model = SlotNames.Of(Column(5000, null, "name"))!;
        var swapped = NamesOf(5000, "name");
        (swapped[4000], swapped[4001]) = (swapped[4001], swapped[4000]);

        model.Texts.Should().BeNull();
        model.Require(Column(5000, null, "name"), "feature", "the model");
        MessageOf(model, Column(swapped)).Should().Contain("got the same names in another order: 'name 4001' in slot 4000 for another name, 'name 4000' in slot 4001 for another name. Put");
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(5000)]
    public void Read_WhatWasWritten_RefusesTheSame(int slots)
    {
        var names = SlotNames.Of(Column(slots, null, "name"))!;

        var read = SlotNames.Read(names.Describe(), new TensorSet(names.ToTensors("hashes")), "hashes", slots)!;

        read.Texts.Should().BeEquivalentTo(names.Texts);
        read.Require(Column(slots, null, "name"), "feature", "the model");
        MessageOf(read, Column(slots, null, "other")).Should().Contain("got 'other 0' in slot 0 for ");
    }

    [TestMethod]
    public void Read_NamesOfOtherSlots_AreRefused()
    {
        Refused(() => SlotNames.Read(new(["a", "b"]), new TensorSet([]), "hashes", 3)).Should().Be("it names 2 slots of 3");
        Refused(() => SlotNames.Read(new(["a", null!, "c"]), new TensorSet([]), "hashes", 3)).Should().Be("it names 2 slots of 3");
        Refused(() => SlotNames.Read(new(null), new TensorSet([]), "hashes", 3)).Should().Be("tensor 'hashes' is missing");
        SlotNames.Read(null, new TensorSet([]), "hashes", 3).Should().BeNull();
    }

    private static string MessageOf(string[] expected, string[] got) => MessageOf(SlotNames.Of(Column(expected))!, Column(got));

    private static string MessageOf(SlotNames names, DataViewSchema.Column column) =>
        ((Action)(() => names.Require(column, "feature", "the model"))).Should().Throw<ArgumentOutOfRangeException>().Which.Message;

    private static string Refused(Action read) => read.Should().Throw<FormatException>().Which.Message;

    private static string[] NamesOf(int slots, string name) => [.. Enumerable.Range(0, slots).Select(slot => $"{name} {slot}")];

    private static DataViewSchema.Column Column(params string[] names) => Column(names.Length, names);

    private static DataViewSchema.Column Column(int slots, string[]? names, string? prefix = null)
    {
        names ??= prefix is null ? null : NamesOf(slots, prefix);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (names is not null)
        {
            var texts = Array.ConvertAll(names, name => name.AsMemory());
            annotations.Add(AnnotationNames.SlotNames, new VectorDataViewType(TextDataViewType.Instance, slots),
                (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(texts.Length, texts));
        }
        return Builder(new("Features", new VectorDataViewType(NumberDataViewType.Single, slots), annotations.ToAnnotations()));
    }

    private static DataViewSchema.Column Builder(DataViewSchema.DetachedColumn column)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns([column]);
        return builder.ToSchema()[0];
    }
}
