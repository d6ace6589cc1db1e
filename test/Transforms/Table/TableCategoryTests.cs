using Microsoft.ML;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class TableCategoryTests
{
    private static readonly string[] s_texts = ["b", "a", "c", "b", "a", "b", "Z"];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Index_Texts_AscendByCodeUnits()
    {
        var encoder = Fit(Load(s_texts));

        encoder.Columns["Text"].Categories.Select(category => $"{category.Value} {category.Count}").Should().Equal("Z 1", "a 2", "b 3", "c 1");
        Encode(encoder, "a", " b ", "Z", "c").Should().Equal(1, 2, 0, 3);
    }

    [TestMethod]
    public void Index_OtherOrderOfRows_IsTheSame() =>
        Fit(Load(s_texts.Reverse())).Columns.ToString().Should().Be(Fit(Load(s_texts)).Columns.ToString());

    [TestMethod]
    public void Index_Numbers_AscendByValue()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Row { Number = new[] { 10, 9, -1, 100 }[i % 4], Double = new[] { 10, 9.5, -1, -0.0 }[i % 4] }));

        var columns = _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { Categories = ["Double"] }, "Number", "Double").Fit(data).Columns;

        columns["Number"].Categories.Select(category => category.Value).Should().Equal("-1", "9", "10", "100");
        columns["Double"].Categories.Select(category => category.Value).Should().Equal("-1", "0", "9.5", "10");
    }

    [TestMethod]
    public void Index_UnseenAndMissing_AreNoneOfTheCategories()
    {
        var encoder = Fit(Load(s_texts));

        Encode(encoder, "d", "", "?", "A").Should().Equal(float.NaN, float.NaN, float.NaN, float.NaN);
    }

    [TestMethod]
    public void Index_MissingInTraining_IsTheLastCategory()
    {
        var encoder = Fit(Load([.. s_texts, "?", " ", "NaN"]));

        encoder.Columns["Text"].Categories[^1].Should().Be(new TableCategory("(missing)", 3, TableCategoryKind.Missing));
        Encode(encoder, "", "?", "d").Should().Equal(4, 4, float.NaN);
    }

    [TestMethod]
    public void MissingTexts_Others_AreMissing()
    {
        var encoder = Fit(Load([.. s_texts, "?"]), new() { MissingTexts = ["Z", "c"] });

        encoder.Columns["Text"].Categories.Select(category => $"{category.Value} {category.Count}").Should().Equal("? 1", "a 2", "b 3", "(missing) 2");
    }

    [TestMethod]
    public void MinimumCount_RareValues_AreOneCategoryWithUnseenOnes()
    {
        var encoder = Fit(Load([.. s_texts, "?"]), new() { MinimumCount = 2 });

        encoder.Columns["Text"].Categories.Should().Equal(
            new("a", 2), new("b", 3), new("(rare)", 2, TableCategoryKind.Merged), new("(missing)", 1, TableCategoryKind.Missing));
        Encode(encoder, "a", "Z", "c", "never", "?").Should().Equal(0, 2, 2, 2, 3);
    }

    [TestMethod]
    public void MinimumCount_NoneMissingInTraining_TakesMissingOnesForRare() =>
        Encode(Fit(Load(s_texts), new() { MinimumCount = 2 }), "?", "b").Should().Equal(2, 1);

    [TestMethod]
    public void MaximumCategories_MoreValues_KeepsTheMostFrequent()
    {
        var encoder = Fit(Load(s_texts), new() { MaximumCategories = 3 });

        encoder.Columns["Text"].Categories.Should().Equal(new("a", 2), new("b", 3), new TableCategory("(rare)", 2, TableCategoryKind.Merged));
    }

    [TestMethod]
    [DataRow(4, "Z a b c")]
    [DataRow(2, "b (rare)")]
    public void MaximumCategories_Given_CountsMergedOnesIn(int most, string values) =>
        Fit(Load(s_texts), new() { MaximumCategories = most }).Columns["Text"].Categories.Select(category => category.Value).Should().Equal(values.Split(' '));

    [TestMethod]
    public void MaximumCategories_EquallyFrequent_KeepsTheSmallest() =>
        Fit(Load(["d", "c", "b", "a"]), new() { MaximumCategories = 3 }).Columns["Text"].Categories.Select(category => category.Value).Should().Equal("a", "b", "(rare)");

    [TestMethod]
    public void OneHot_Text_HasASlotForEachCategory()
    {
        var data = Load([.. s_texts, "?"]);
        var encoder = Fit(data, new() { CategoryEncoding = CategoryEncoding.OneHot });

        TableData.SlotNames(encoder, data).Should().Equal("Text=Z", "Text=a", "Text=b", "Text=c", "Text=(missing)");
        TableData.Encode(encoder, Load(["b", "?", "never"])).Select(row => string.Join(' ', row)).Should().Equal("0 0 1 0 0", "0 0 0 0 1", "0 0 0 0 0");
    }

    [TestMethod]
    public void OneHot_RareValues_ShareASlotWithUnseenOnes() =>
        TableData.Encode(Fit(Load(s_texts), new() { CategoryEncoding = CategoryEncoding.OneHot, MinimumCount = 2 }), Load(["a", "c", "never"]))
            .Select(row => string.Join(' ', row)).Should().Equal("1 0 0", "0 0 1", "0 0 1");

    [TestMethod]
    public void Keys_WithValues_AreKnownByThem()
    {
        var data = Load(["b", "a", "b"]);
        var others = Load(["c", "a", "b"]);
        var keys = _ml.Transforms.Conversion.MapValueToKey("Text");
        var encoder = Fit(keys.Fit(data).Transform(data));

        encoder.Columns["Text"].Categories.Select(category => category.Value).Should().Equal("a", "b");
        TableData.Encode(encoder, keys.Fit(others).Transform(others)).Select(row => row[0]).Should().Equal([float.NaN, 0, 1], "the numbers of keys are others there");
        TableData.Encode(encoder, keys.Fit(data).Transform(others)).Select(row => row[0]).Should().Equal([float.NaN, 0, 1], "a missing key is none of the categories");
    }

    [TestMethod]
    public void Keys_OfNumbers_AreKnownByTheTextsOfThem()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { 7, 12, 7 }.Select(number => new Row { Number = number }));
        var keys = _ml.Transforms.Conversion.MapValueToKey("Number").Fit(data);

        _ml.Transforms.EncodeTable("Features", "Number").Fit(keys.Transform(data)).Columns["Number"].Categories.Select(category => category.Value).Should().Equal("12", "7");
    }

    private TableEncodingTransformer Fit(IDataView data, TableEncodingOptions? options = null) => _ml.Transforms.EncodeTable("Features", options ?? new(), "Text").Fit(data);

    private IDataView Load(IEnumerable<string> texts) => _ml.Data.LoadFromEnumerable(texts.Select(text => new Row { Text = text }));

    private float[] Encode(ITransformer encoder, params string[] texts) => [.. TableData.Encode(encoder, Load(texts)).Select(row => row.Single())];

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public int Number { get; set; }

        public double Double { get; set; }
    }
}
