using System.Globalization;

namespace MLExtensions.Transforms.Table.Cells;

/// <summary>The parts of a point in time that have slots of their own, in order.</summary>
internal enum DatePart
{
    Year,
    Month,
    Day,
    DayOfWeek,
    Hour,
    Minute,
    Second,
    TotalDays,
}

/// <summary>The parts of a span of time that have slots of their own, in order.</summary>
internal enum SpanPart
{
    Days,
    Hours,
    Minutes,
    Seconds,
    TotalHours,
}

/// <summary>What the values of a type can be read as.</summary>
internal static class CellSources
{
    /// <summary>The part of a point or span of time from which all others follow.</summary>
    public static int TotalOf(DataViewType type) => IsDate(type) ? (int)DatePart.TotalDays : type is TimeSpanDataViewType ? (int)SpanPart.TotalHours : 0;

    /// <summary>How many sources the values of a type have.</summary>
    public static int CountOf(DataViewType type) => type is VectorDataViewType ? ScalableTypes.SlotsOf(type) : TotalOf(type) + 1;

    /// <summary>Whether values are points or spans of time.</summary>
    public static bool IsTime(DataViewType type) => TotalOf(type) > 0;

    /// <summary>Whether a source is a part of a time that is a category: it comes round again, and what is near its end is near its beginning.</summary>
    public static bool IsCyclicPart(DataViewType type, int source) => IsDate(type) && (DatePart)source is DatePart.Month or DatePart.DayOfWeek or DatePart.Hour;

    /// <summary>The name of the first slot of a source.</summary>
    public static string NameOf(DataViewSchema.Column column, SlotNames? names, int source) => column.Type switch
    {
        VectorDataViewType when names?.Texts?[source] is { Length: > 0 } name => $"{column.Name}.{name}",
        VectorDataViewType => Invariant($"{column.Name}.{source}"),
        TimeSpanDataViewType => $"{column.Name}.{(SpanPart)source}",
        var type when IsDate(type) => $"{column.Name}.{(DatePart)source}",
        _ => column.Name,
    };

    /// <summary>The order of texts as categories: that of the values that they stand for.</summary>
    public static Comparison<string> OrderOf(DataViewType type, bool hasKeyValues, int source) => type switch
    {
        NumberDataViewType => CompareNumbers,
        KeyDataViewType when !hasKeyValues => CompareNumbers,
        TimeSpanDataViewType => (x, y) => TimeSpan.Parse(x, CultureInfo.InvariantCulture).CompareTo(TimeSpan.Parse(y, CultureInfo.InvariantCulture)),
        _ when IsDate(type) && (DatePart)source == DatePart.DayOfWeek => (x, y) => Enum.Parse<DayOfWeek>(x).CompareTo(Enum.Parse<DayOfWeek>(y)),
        _ => string.CompareOrdinal,
    };

    private static bool IsDate(DataViewType type) => type is DateTimeDataViewType or DateTimeOffsetDataViewType;

    // Whole numbers beyond those that a Double tells apart have as many digits each.
    private static int CompareNumbers(string x, string y)
    {
        int order = TextCells.Parse(x).CompareTo(TextCells.Parse(y));
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }
}
