using Microsoft.ML;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class TableOptionTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Defaults_Are()
    {
        var options = new TableEncodingOptions();

        options.Except.Should().BeNull();
        options.Categories.Should().BeEmpty();
        options.Numbers.Should().BeEmpty();
        options.MissingTexts.Should().Equal("?", "NaN");
        (options.WholeNumberCategories, options.MissingNumbers, options.CategoryEncoding, options.MinimumCount, options.MaximumCategories)
            .Should().Be((24, MissingNumbers.Median, CategoryEncoding.Index, 1, null));
    }

    [TestMethod]
    public void Options_Impossible_AreAllTold()
    {
        var options = new TableEncodingOptions
        {
            Except = [],
            Categories = ["a", "a", "b"],
            Numbers = ["b", ""],
            MissingTexts = [null!],
            WholeNumberCategories = -1,
            MissingNumbers = (MissingNumbers)7,
            CategoryEncoding = (CategoryEncoding)8,
            MinimumCount = 0,
            MaximumCategories = 1,
        };

        _ml.Transforms.Invoking(transforms => transforms.EncodeTable("Features", options, "x", "x", "")).Should().Throw<ArgumentException>().WithMessage(
            "EncodeTable has invalid options: Categories names column 'a' 2 times; Numbers must not be null, nor hold an empty name; MissingTexts must not be null, nor hold null; " +
            "column 'b' is both in Categories and in Numbers; WholeNumberCategories must not be negative, got -1; MissingNumbers must be one of Median, Keep, got 7; " +
            "CategoryEncoding must be one of Index, OneHot, got 8; MinimumCount must be at least 1, got 0; MaximumCategories must be from 2 to 16777216, got 1; " +
            "the name of an input column is empty; input column 'x' is named 2 times; Except is for when no columns are named.");
    }

    [TestMethod]
    public void Options_Null_AreTold() =>
        _ml.Transforms.Invoking(transforms => transforms.EncodeTable("Features", new TableEncodingOptions { Categories = null!, Numbers = null!, MissingTexts = null! })).Should().Throw<ArgumentException>().WithMessage(
            "EncodeTable has invalid options: Categories must not be null, nor hold an empty name; Numbers must not be null, nor hold an empty name; MissingTexts must not be null, nor hold null.");

    [TestMethod]
    public void Options_ListsChangedLater_ChangeNothing()
    {
        string[] missing = ["red"];
        var estimator = _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { MissingTexts = missing }, "Color");
        missing[0] = "green";

        estimator.Fit(TableData.Load(_ml)).Columns["Color"].Categories.Select(category => category.Value).Should().Equal("?", "blue", "green", "(missing)");
    }

    [TestMethod]
    public void NoNames_ColumnLabel_IsLeftOut() =>
        _ml.Transforms.EncodeTable("Features").Fit(TableData.Load(_ml)).Columns.Select(column => column.Name).Should().Equal(TableData.Names);

    [TestMethod]
    public void NoNames_Except_IsLeftOutInstead() =>
        _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { Except = ["Color", "When"] }).Fit(TableData.Load(_ml)).Columns.Select(column => column.Name)
            .Should().Equal(TableData.Names.Prepend("Label").Except(["Color", "When"]));

    [TestMethod]
    public void NoNames_HiddenColumns_AreLeftOut()
    {
        var data = TableData.Load(_ml);
        var replaced = _ml.Transforms.Conversion.MapValueToKey("Color").Fit(data).Transform(data);

        _ml.Transforms.EncodeTable("Features").Fit(replaced).Columns.Where(column => column.Name == "Color").Should().ContainSingle().Which.Type.ToString().Should().Be("Key<UInt32, 0-3>");
    }

    [TestMethod]
    public void NoNames_NoColumnLabel_AreAskedFor()
    {
        var data = _ml.Data.LoadFromEnumerable([new Pair { First = 1 }]);

        foreach (var use in UsesOf(new(), data))
        {
            use.Should().Throw<ArgumentOutOfRangeException>().WithMessage("EncodeTable was told no columns, and the input has no column 'Label' to leave out: " +
                "name the columns to encode, or say in Except which of them are no features, such as the label. The input has 'First', 'Second'. (Parameter 'Except')");
        }
        _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { Except = [] }).Fit(data).Columns.Should().HaveCount(2);
    }

    [TestMethod]
    public void Except_AllColumns_IsTold()
    {
        foreach (var use in UsesOf(new() { Except = ["First", "Second"] }, _ml.Data.LoadFromEnumerable([new Pair { First = 1 }])))
            use.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Except leaves no columns to encode. The input has 'First', 'Second'. (Parameter 'Except')");
    }

    [TestMethod]
    public void Except_UnknownColumn_IsTold()
    {
        foreach (var use in UsesOf(new() { Except = ["Secnd"] }, _ml.Data.LoadFromEnumerable([new Pair { First = 1 }])))
            use.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Could not find excepted column 'Secnd' (any type). Did you mean 'Second'? The input has 'First', 'Second'. (Parameter 'Secnd')");
    }

    [TestMethod]
    public void Categories_ColumnThatIsNotEncoded_IsTold()
    {
        foreach (var use in UsesOf(new() { Except = [], Categories = ["Third"] }, _ml.Data.LoadFromEnumerable([new Pair { First = 1 }])))
            use.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Categories names column 'Third', which is not encoded; encoded are 'First', 'Second'. (Parameter 'Categories')");
        foreach (var use in UsesOf(new() { Except = [], Numbers = ["Third"] }, _ml.Data.LoadFromEnumerable([new Pair { First = 1 }])))
            use.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Numbers names column 'Third', which is not encoded; encoded are 'First', 'Second'. (Parameter 'Numbers')");
    }

    [TestMethod]
    public void CrossValidate_NoNames_SeesNoColumnOfTheSplit()
    {
        var data = TableData.Load(_ml);
        var pipeline = _ml.Transforms.EncodeTable("Features").Append(_ml.Transforms.CopyColumns("Score", "Height"));
        var split = _ml.Data.TrainTestSplit(data, 0.2);

        pipeline.Fit(split.TrainSet).First().Should().BeOfType<TableEncodingTransformer>().Which.Columns.Select(column => column.Name).Should().Equal(TableData.Names);
        foreach (var fold in _ml.Data.CrossValidationSplit(data, 3))
            pipeline.Fit(fold.TrainSet).First().Should().BeOfType<TableEncodingTransformer>().Which.Columns.Select(column => column.Name).Should().Equal(TableData.Names);
    }

    private IEnumerable<Action> UsesOf(TableEncodingOptions options, IDataView data)
    {
        var estimator = _ml.Transforms.EncodeTable("Features", options);
        return [() => estimator.Fit(data), () => estimator.GetOutputSchema(TestSupport.Shapes.Of(data))];
    }

    private sealed class Pair
    {
        public float First { get; set; }

        public float Second { get; set; }
    }
}
