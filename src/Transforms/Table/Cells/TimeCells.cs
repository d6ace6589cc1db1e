using System.Globalization;

namespace MLExtensions.Transforms.Table.Cells;

/// <summary>A point in time.</summary>
/// <param name="Local">As the clock on the wall shows it.</param>
/// <param name="Universal">As it is compared with others.</param>
internal readonly record struct PointInTime(DateTime Local, DateTime Universal);

/// <summary>The parts of points in time.</summary>
/// <param name="getter">Reads a value; the first moment of all stands for none.</param>
/// <param name="pointOf">Gives the point in time of a value.</param>
internal sealed class DateCells<T>(ValueGetter<T> getter, Func<T, PointInTime> pointOf) : ColumnCells
    where T : struct, IEquatable<T>
{
    // Weekdays have names, months and hours two digits: their texts are few, and made once.
    private static readonly string[] s_numbers = [.. Enumerable.Range(0, 60).Select(number => number.ToString("00", CultureInfo.InvariantCulture))];
    private static readonly string[] s_weekdays = [.. Enum.GetValues<DayOfWeek>().Select(day => day.ToString())];

    private readonly char[] _text = new char[40];
    private T _value;
    private PointInTime _point;

    public override void Read()
    {
        getter(ref _value);
        _point = IsMissing ? default : pointOf(_value);
    }

    public override double Number(int source) => IsMissing ? double.NaN : (DatePart)source switch
    {
        DatePart.Year => _point.Local.Year,
        DatePart.Month => _point.Local.Month,
        DatePart.Day => _point.Local.Day,
        DatePart.DayOfWeek => (int)_point.Local.DayOfWeek,
        DatePart.Hour => _point.Local.Hour,
        DatePart.Minute => _point.Local.Minute,
        DatePart.Second => _point.Local.TimeOfDay.TotalSeconds % 60,
        _ => (double)_point.Universal.Ticks / TimeSpan.TicksPerDay,
    };

    public override ReadOnlySpan<char> Text(int source)
    {
        if (IsMissing)
            return [];

        switch ((DatePart)source)
        {
            case DatePart.Month:
                return s_numbers[_point.Local.Month];
            case DatePart.DayOfWeek:
                return s_weekdays[(int)_point.Local.DayOfWeek];
            case DatePart.Hour:
                return s_numbers[_point.Local.Hour];
            default:
                // The whole, as a category: in the form whose order is that of time.
                _point.Universal.TryFormat(_text, out int length, "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
                return _text.AsSpan(0, length);
        }
    }

    private bool IsMissing => _value.Equals(default);
}

/// <summary>The parts of spans of time. Each has a value.</summary>
internal sealed class TimeSpanCells(ValueGetter<TimeSpan> getter) : ColumnCells
{
    private readonly char[] _text = new char[32];
    private TimeSpan _value;

    public override void Read() => getter(ref _value);

    public override double Number(int source) => (SpanPart)source switch
    {
        SpanPart.Days => _value.Days,
        SpanPart.Hours => _value.Hours,
        SpanPart.Minutes => _value.Minutes,
        SpanPart.Seconds => (double)(_value.Ticks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond,
        _ => (double)_value.Ticks / TimeSpan.TicksPerHour,
    };

    public override ReadOnlySpan<char> Text(int source)
    {
        _value.TryFormat(_text, out int length, "c", CultureInfo.InvariantCulture);
        return _text.AsSpan(0, length);
    }
}
