using Microsoft.ML;
using MLExtensions.Pipeline;

namespace MLExtensions.Transforms.Tests;

/// <summary>What annotations tell of the slots.</summary>
[TestClass]
public sealed class TableAnnotationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Annotations_Index_TellKindsCountsAndValues()
    {
        var column = Features(new(), "Color", "Height", "Known");

        SlotKinds.Of(column, "feature").Should().Equal(SlotKind.Category, SlotKind.Number, SlotKind.MissingIndicator, SlotKind.Category);
        CategoryCounts.Of(column, "feature").Should().Equal(4, 0, 0, 2);
        CategoryValues.Of(column, "feature").Should().BeEquivalentTo(new string[][] { ["blue", "green", "red", "(missing)"], [], [], ["False", "True"] }, options => options.WithStrictOrdering());
    }

    [TestMethod]
    public void Annotations_OneHot_TellAnIndicatorForEachCategory()
    {
        var column = Features(new() { CategoryEncoding = CategoryEncoding.OneHot }, "Height", "Known");

        SlotKinds.Of(column, "feature").Should().Equal(SlotKind.Number, SlotKind.MissingIndicator, SlotKind.CategoryIndicator, SlotKind.CategoryIndicator);
        CategoryCounts.Of(column, "feature").Should().Equal(0, 0, 0, 0);
        CategoryValues.Of(column, "feature").Should().BeEquivalentTo(new string[][] { [], [], ["False"], ["True"] }, options => options.WithStrictOrdering());
    }

    [TestMethod]
    public void Annotations_TextsOfAnyKind_ComeBack()
    {
        string[] texts = ["<=50K", "\"quoted\"", "two\nlines", "Ümläut 漢字"];
        var data = _ml.Data.LoadFromEnumerable(texts.Select(text => new Word { Text = text }));
        var column = _ml.Transforms.EncodeTable("Features", "Text").Fit(data).Transform(data).Schema["Features"];

        CategoryValues.Of(column, "feature")!.Single().Should().BeEquivalentTo(texts);
    }

    [TestMethod]
    public void Scalers_IndicesOfCategories_AreRefused()
    {
        var data = TableData.Load(_ml);
        var pipeline = _ml.Transforms.EncodeTable("Features", "Height", "Color").Append(_ml.Transforms.ScaleStandard("Features"));

        pipeline.Invoking(scaled => scaled.Fit(data)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Schema mismatch for input column 'Features': expected numbers, got the index of a category in slot 2. Scale the numbers before categories are put beside them. (Parameter 'Features')");
    }

    private DataViewSchema.Column Features(TableEncodingOptions options, params string[] names)
    {
        var data = TableData.Load(_ml);
        return _ml.Transforms.EncodeTable("Features", options, names).Fit(data).Transform(data).Schema["Features"];
    }

    private sealed class Word
    {
        public string Text { get; set; } = "";
    }
}
