using Microsoft.ML;

namespace MLExtensions.Transforms.Tests;

/// <summary>What columns are taken for, and how that is told.</summary>
[TestClass]
public sealed class TableColumnKindTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Columns_AnyType_AreTakenForWhatTheySeem() =>
        FitTable().Columns.ToString().Should().Be("""
            column   type               taken for  slots  missing  values
            Color    String             one of 4       0       15  red 22, green 15, (missing) 15, blue 8
            Price    String             number       1-2        9  median 7.25
            Known    Boolean            one of 2       3        0  False 30, True 30
            Height   Single             number       4-5       12  median 30
            Weight   Double             number         6        0  median 2.95
            Rooms    Int32              one of 4       7        0  0 15, 1 15, 2 15, 3 15
            Code     UInt64             number         8        0  median 29500
            Class    Key<UInt32, 0-3>   one of 5       9       12  1 12, 2 12, 3 12, 4 12, 1 more
            When     DateTime           time       10-15       10  When.Month (one of 4), When.Day, When.DayOfWeek (one of 8), When.Hour (one of 21), When.TotalDays
            Sent     DateTimeOffset     time       16-17        0  Sent.Minute, Sent.TotalDays
            Took     TimeSpan           time       18-21        0  Took.Hours, Took.Minutes, Took.Seconds, Took.TotalHours
            Sizes    Vector<Single, 3>  numbers    22-25       20  Sizes.0, Sizes.1, Sizes.2
            Doubles  Vector<Double, 2>  numbers    26-27        0  Doubles.0, Doubles.1
            """.ReplaceLineEndings("\n"));

    [TestMethod]
    public void Columns_TakenForOthers_AreWhatOptionsSay()
    {
        var options = new TableEncodingOptions { Categories = ["Price", "Height", "Weight", "Code", "When", "Took"], Numbers = ["Known", "Rooms", "Sent"] };

        FitTable(options).Columns.ToString().Should().Be("""
            column   type               taken for  slots  missing  values
            Color    String             one of 4       0       15  red 22, green 15, (missing) 15, blue 8
            Price    String             one of 52      1        9  (missing) 9, 0 1, 0.25 1, 0.5 1, 48 more
            Known    Boolean            number         2        0  median 0.5
            Height   Single             one of 49      3       12  (missing) 12, 1 1, 2 1, 3 1, 45 more
            Weight   Double             one of 60      4        0  0 1, 0.1 1, 0.2 1, 0.3 1, 56 more
            Rooms    Int32              number         5        0  median 1.5
            Code     UInt64             one of 60      6        0  0 1, 1000 1, 2000 1, 3000 1, 56 more
            Class    Key<UInt32, 0-3>   one of 5       7       12  1 12, 2 12, 3 12, 4 12, 1 more
            When     DateTime           one of 51      8       10  (missing) 10, 2024-02-01T07:00:00.000… 1, 2024-02-02T14:00:00.000… 1, 2024-02-03T21:00:00.000… 1, 47 more
            Sent     DateTimeOffset     number         9        0  median 0.0204861
            Took     TimeSpan           one of 60     10        0  00:00:00 1, 00:01:40 1, 00:03:20 1, 00:05:00 1, 56 more
            Sizes    Vector<Single, 3>  numbers    11-14       20  Sizes.0, Sizes.1, Sizes.2
            Doubles  Vector<Double, 2>  numbers    15-16        0  Doubles.0, Doubles.1
            """.ReplaceLineEndings("\n"));
    }

    [TestMethod]
    public void Columns_OfAName_TellMedianMissingAndCategories()
    {
        var columns = FitTable().Columns;

        columns.Should().HaveCount(13);
        columns.SlotCount.Should().Be(28);
        columns["Height"].Should().Match<TableColumn>(column => column.Kind == TableColumnKind.Number && column.Median == 30 && column.Missing == 12 && column.FirstSlot == 4 && column.SlotCount == 2);
        columns["Height"].Parts.Single().Should().BeOfType<TableNumberPart>().Which.Indicator.Should().Be("Height is missing");
        columns["Color"].Median.Should().BeNull();
        columns["Color"].Categories.Should().Equal(
            new TableCategory("blue", 8), new TableCategory("green", 15), new TableCategory("red", 22), new TableCategory("(missing)", 15, TableCategoryKind.Missing));
        columns["Sizes"].Categories.Should().BeEmpty();
        columns.Invoking(all => all["Colour"]).Should().Throw<ArgumentException>()
            .WithMessage("'Colour' is none of the encoded columns: 'Color', 'Price', 'Known', 'Height', 'Weight', 'Rooms', 'Code', 'Class', 'When', 'Sent', 'Took', 'Sizes', 'Doubles'. (Parameter 'name')");
    }

    [TestMethod]
    [DataRow(24, 240, TableColumnKind.Category)]
    [DataRow(24, 239, TableColumnKind.Number)]
    [DataRow(25, 250, TableColumnKind.Number)]
    public void WholeNumbers_ByDefault_NeedFewValuesAndTenRowsEach(int values, int rows, TableColumnKind kind)
    {
        var data = Enumerable.Range(0, rows).Select(i => new Whole { Small = (byte)(i % values), Big = i % values - 100 });

        var columns = _ml.Transforms.EncodeTable("Features", "Small", "Big").Fit(_ml.Data.LoadFromEnumerable(data)).Columns;

        columns.Select(column => column.Kind).Should().Equal(kind, kind);
    }

    [TestMethod]
    [DataRow(0, TableColumnKind.Number)]
    [DataRow(1, TableColumnKind.Number)]
    [DataRow(2, TableColumnKind.Category)]
    public void WholeNumberCategories_Changed_SetsTheMostValues(int most, TableColumnKind kind)
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => new Whole { Small = (byte)(i % 2) }));

        _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { WholeNumberCategories = most }, "Small").Fit(data).Columns.Single().Kind.Should().Be(kind);
    }

    [TestMethod]
    [DataRow("1", "-2.5e3", TableColumnKind.Number)]
    [DataRow("1", " 2 ", TableColumnKind.Number)]
    [DataRow("1", "", TableColumnKind.Number)]
    [DataRow("1", "1,5", TableColumnKind.Category)]
    [DataRow("1", "1e999", TableColumnKind.Category)]
    [DataRow("1", "Infinity", TableColumnKind.Category)]
    [DataRow("1", "x", TableColumnKind.Category)]
    [DataRow("?", " ", TableColumnKind.Empty)]
    public void Text_EveryValueANumber_IsOne(string first, string second, TableColumnKind kind) =>
        _ml.Transforms.EncodeTable("Features", "Text").Fit(_ml.Data.LoadFromEnumerable([new Word { Text = first }, new Word { Text = second }])).Columns.Single().Kind.Should().Be(kind);

    private TableEncodingTransformer FitTable(TableEncodingOptions? options = null) =>
        _ml.Transforms.EncodeTable("Features", options ?? new(), TableData.Names).Fit(TableData.Load(_ml));

    private sealed class Whole
    {
        public byte Small { get; set; }

        public long Big { get; set; }
    }

    private sealed class Word
    {
        public string Text { get; set; } = "";
    }
}
