using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Equality and order of column values. Text compares ordinally, by its characters.</summary>
internal sealed class ValueComparer<TValue> : IEqualityComparer<TValue>, IComparer<TValue>
{
    public static readonly ValueComparer<TValue> Instance = new();

    private ValueComparer()
    {
    }

    public static bool IsMissing(TValue value, PrimitiveDataViewType type)
        => value switch
        {
            float number => float.IsNaN(number),
            double number => double.IsNaN(number),
            ReadOnlyMemory<char> text => text.IsEmpty,
            _ => type is KeyDataViewType && EqualityComparer<TValue>.Default.Equals(value, default),
        };

    /// <summary>Text in memory of its own, since that of a row may be reused.</summary>
    public static TValue Copy(TValue value)
        => value is ReadOnlyMemory<char> text ? (TValue)(object)text.ToString().AsMemory() : value;

    public int Compare(TValue x, TValue y)
        => x is ReadOnlyMemory<char> first && y is ReadOnlyMemory<char> second
            ? first.Span.SequenceCompareTo(second.Span)
            : Comparer<TValue>.Default.Compare(x, y);

    public bool Equals(TValue x, TValue y)
        => x is ReadOnlyMemory<char> first && y is ReadOnlyMemory<char> second
            ? first.Span.SequenceEqual(second.Span)
            : EqualityComparer<TValue>.Default.Equals(x, y);

    public int GetHashCode(TValue value)
        => value is ReadOnlyMemory<char> text ? string.GetHashCode(text.Span) : value.GetHashCode();
}
