using Microsoft.ML;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class TableTimeTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void DateTime_EveryPartVaries_HasThemAll()
    {
        var data = Dates(new(2023, 12, 31, 23, 59, 30), new(2024, 1, 1, 0, 0, 0), new(2024, 2, 29, 12, 30, 15, 500));
        var encoder = Fit(data);

        TableData.SlotNames(encoder, data).Should().Equal("Date.Year", "Date.Month", "Date.Day", "Date.DayOfWeek", "Date.Hour", "Date.Minute", "Date.Second", "Date.TotalDays");
        Encode(encoder, data).Should().Equal("2023 2 31 0 2 59 30 0", "2024 0 1 1 0 0 0 0.0003472222", "2024 1 29 2 1 30 15.5 59.52136");
        ValuesOf(encoder, 3).Should().Equal(["Sunday", "Monday", "Thursday"], "weekdays stand in the order of the week");
        ValuesOf(encoder, 1).Should().Equal("01", "02", "12");
    }

    [TestMethod]
    public void DateTime_DaysOfOneMonth_HasWhatVaries()
    {
        var data = Dates(new(2024, 5, 6), new(2024, 5, 7));

        TableData.SlotNames(Fit(data), data).Should().Equal("Date.Day", "Date.DayOfWeek", "Date.TotalDays");
    }

    [TestMethod]
    public void DateTime_FirstMoment_IsMissing()
    {
        var data = Dates(new(2024, 5, 6), default, new(2024, 5, 7), new(2024, 5, 9));
        var encoder = Fit(data);

        TableData.SlotNames(encoder, data).Should().Equal("Date.Day", "Date is missing", "Date.DayOfWeek", "Date.TotalDays");
        Encode(encoder, data).Should().Equal("6 0 0 0", "7 1 3 1", "7 0 1 1", "9 0 2 3");
    }

    [TestMethod]
    public void DateTime_Keep_LeavesMissingNumbersNaN() =>
        Encode(Fit(Dates(new(2024, 5, 6), new(2024, 5, 7)), new() { MissingNumbers = MissingNumbers.Keep }), Dates(default(DateTime))).Should().Equal("NaN NaN NaN");

    [TestMethod]
    public void DateTime_AsNumber_IsItsTotal()
    {
        var data = Dates(new(2024, 5, 6), new(2024, 5, 7, 12, 0, 0));
        var encoder = Fit(data, new() { Numbers = ["Date"] });

        TableData.SlotNames(encoder, data).Should().Equal("Date.TotalDays");
        Encode(encoder, data).Should().Equal("0", "1.5");
    }

    [TestMethod]
    public void DateTimeOffset_OtherZones_ShowTheClockAndCountTheSame()
    {
        var data = _ml.Data.LoadFromEnumerable(
        [
            new Row { Offset = new(2024, 5, 6, 8, 0, 0, TimeSpan.Zero) }, new Row { Offset = new(2024, 5, 6, 10, 0, 0, TimeSpan.FromHours(2)) }, new Row { Offset = new(2024, 5, 6, 20, 0, 0, TimeSpan.Zero) },
        ]);
        var encoder = _ml.Transforms.EncodeTable("Features", "Offset").Fit(data);

        TableData.SlotNames(encoder, data).Should().Equal("Offset.Hour", "Offset.TotalDays");
        Encode(encoder, data).Should().Equal("0 0", "1 0", "2 0.5");
    }

    [TestMethod]
    public void TimeSpan_PartsThatVary_AreNumbers()
    {
        var data = _ml.Data.LoadFromEnumerable([new Row { Span = new(1, 2, 30, 0) }, new Row { Span = new(0, 5, 30, 0) }]);
        var encoder = _ml.Transforms.EncodeTable("Features", "Span").Fit(data);

        TableData.SlotNames(encoder, data).Should().Equal("Span.Days", "Span.Hours", "Span.TotalHours");
        Encode(encoder, data).Should().Equal("1 2 21", "0 5 0");
    }

    private static IEnumerable<string> ValuesOf(TableEncodingTransformer encoder, int part) =>
        ((TableCategoryPart)encoder.Columns["Date"].Parts[part]).Categories.Select(category => category.Value);

    private TableEncodingTransformer Fit(IDataView data, TableEncodingOptions? options = null) => _ml.Transforms.EncodeTable("Features", options ?? new(), "Date").Fit(data);

    private IDataView Dates(params DateTime[] dates) => _ml.Data.LoadFromEnumerable(dates.Select(date => new Row { Date = date }));

    private static IEnumerable<string> Encode(ITransformer encoder, IDataView data) =>
        TableData.Encode(encoder, data).Select(row => string.Join(' ', row.Select(value => FormattableString.Invariant($"{value}"))));

    private sealed class Row
    {
        public DateTime Date { get; set; }

        public DateTimeOffset Offset { get; set; }

        public TimeSpan Span { get; set; }
    }
}
