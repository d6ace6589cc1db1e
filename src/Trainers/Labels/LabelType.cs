using System.Globalization;

namespace MLExtensions.Trainers.Labels;

/// <summary>A type that the values of a label can have: how a value becomes text, comes back, is ordered, and may be missing.</summary>
internal abstract class LabelType(PrimitiveDataViewType itemType)
{
    /// <summary>The types in words, for messages.</summary>
    public const string InWords = "text, Boolean, a number or a date";

    // Each is made when it is asked for: of all at once, 115 methods would be compiled at the start of every training.
    private static readonly Entry[] s_types =
    [
        new(TextDataViewType.Instance, type => new LabelType<ReadOnlyMemory<char>>(type, text => text.ToString(), text => text.AsMemory(), new TextOrder())
        {
            IsMissing = text => text.Span.IsWhiteSpace(),
            Keep = text => text.ToString().AsMemory(),
        }),
        new(BooleanDataViewType.Instance, type => new LabelType<bool>(type, value => value ? "True" : "False", bool.Parse)),
        new(NumberDataViewType.Single, Number<float>),
        new(NumberDataViewType.Double, Number<double>),
        new(NumberDataViewType.SByte, Number<sbyte>),
        new(NumberDataViewType.Byte, Number<byte>),
        new(NumberDataViewType.Int16, Number<short>),
        new(NumberDataViewType.UInt16, Number<ushort>),
        new(NumberDataViewType.Int32, Number<int>),
        new(NumberDataViewType.UInt32, Number<uint>),
        new(NumberDataViewType.Int64, Number<long>),
        new(NumberDataViewType.UInt64, Number<ulong>),
        new(DateTimeDataViewType.Instance, type => new LabelType<DateTime>(type, value => value.ToString("O", CultureInfo.InvariantCulture),
            text => DateTime.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind))),
        new(DateTimeOffsetDataViewType.Instance, type => new LabelType<DateTimeOffset>(type, value => value.ToString("O", CultureInfo.InvariantCulture),
            text => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind))),
        new(TimeSpanDataViewType.Instance, type => new LabelType<TimeSpan>(type, value => value.ToString("c", CultureInfo.InvariantCulture),
            text => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture))),
        new(RowIdDataViewType.Instance, type => new LabelType<DataViewRowId>(type, id => Invariant($"{id.High:x16}{id.Low:x16}"),
            text => new(ulong.Parse(text.AsSpan(16), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                ulong.Parse(text.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture)))),
    ];

    /// <summary>The type of a column with such values.</summary>
    public PrimitiveDataViewType ItemType => itemType;

    /// <summary>The name in archives.</summary>
    public string Name => NameOf(itemType);

    /// <summary>The type of a column's items; null where it is none of the table, and for keys.</summary>
    public static LabelType? Find(DataViewType itemType) =>
        itemType is KeyDataViewType ? null : Array.Find(s_types, entry => entry.ItemType.Equals(itemType))?.Type.Value;

    /// <summary>The type of a name in an archive; null where it is unknown.</summary>
    public static LabelType? Find(string name) => Array.Find(s_types, entry => NameOf(entry.ItemType) == name)?.Type.Value;

    /// <summary>Whether a column of a shape holds one such value per row.</summary>
    public static bool Fits(SchemaShape.Column column) =>
        column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false } && Find(column.ItemType) is not null;

    /// <summary>Reads the values of an annotation, as text.</summary>
    public abstract IReadOnlyList<string> Read(DataViewSchema.Annotations annotations, string name);

    /// <summary>Adds values, given as text, to annotations.</summary>
    /// <exception cref="FormatException">A text is no value of the type.</exception>
    public abstract void Add(DataViewSchema.Annotations.Builder builder, string name, IReadOnlyList<string> texts);

    /// <summary>The text that stands for the same value; null where a text is no value of the type.</summary>
    public abstract string? Normalize(string text);

    /// <summary>An index that learns the values of a column.</summary>
    /// <param name="limit">The most values that it may have.</param>
    public abstract LabelIndex NewIndex(int limit = LabelIndex.MaximumClasses);

    /// <summary>Codes for the values of a column that is no label, but tells rows apart; NaN, blanks and a date of nothing are missing.</summary>
    public abstract ColumnCodes NewCodes();

    /// <summary>An index of values that are known, coded in their order.</summary>
    public abstract LabelIndex IndexOf(IReadOnlyList<string> texts);

    /// <summary>Makes a getter of a column of this type that gives the value of the present row's class.</summary>
    /// <param name="texts">The values of the classes.</param>
    /// <param name="classOf">The class of the present row.</param>
    public abstract Delegate Getter(IReadOnlyList<string> texts, Func<int> classOf);

    private static string NameOf(PrimitiveDataViewType itemType) => itemType.RawType == typeof(ReadOnlyMemory<char>) ? "Text" : itemType.RawType.Name;

    private static LabelType<T> Number<T>(PrimitiveDataViewType type)
        where T : struct, System.Numerics.INumber<T> =>
        new(type, value => value.ToString(null, CultureInfo.InvariantCulture), text => T.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
        {
            IsMissing = T.IsNaN,
            IsRefused = T.IsInfinity,
        };

    /// <summary>A type that is made once, when it is first asked for.</summary>
    private sealed class Entry(PrimitiveDataViewType itemType, Func<PrimitiveDataViewType, LabelType> make)
    {
        public PrimitiveDataViewType ItemType => itemType;

        public Lazy<LabelType> Type { get; } = new(() => make(itemType));
    }

    /// <summary>Text by its code units, whatever the culture.</summary>
    private sealed class TextOrder : IComparer<ReadOnlyMemory<char>>, IEqualityComparer<ReadOnlyMemory<char>>
    {
        public int Compare(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceCompareTo(y.Span);

        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> value) => string.GetHashCode(value.Span);
    }
}

/// <summary>A type of labels.</summary>
/// <param name="itemType">The type of a column with such values.</param>
/// <param name="format">Writes a value as text.</param>
/// <param name="parse">Reads the text back.</param>
/// <param name="order">Orders values, and compares them where it can.</param>
internal sealed class LabelType<T>(PrimitiveDataViewType itemType, Func<T, string> format, Func<string, T> parse, IComparer<T>? order = null) : LabelType(itemType)
    where T : notnull
{
    /// <summary>Whether a value stands for none.</summary>
    public Func<T, bool> IsMissing { get; init; } = _ => false;

    /// <summary>Whether a value is none of a class.</summary>
    public Func<T, bool> IsRefused { get; init; } = _ => false;

    /// <summary>The same value in memory of its own.</summary>
    public Func<T, T> Keep { get; init; } = value => value;

    public IComparer<T> Order { get; } = order ?? Comparer<T>.Default;

    public string Format(T value) => format(value);

    public T Parse(string text) => parse(text);

    public override IReadOnlyList<string> Read(DataViewSchema.Annotations annotations, string name)
    {
        VBuffer<T> values = default;
        annotations.GetValue(name, ref values);
        return [.. values.DenseValues().Select(format)];
    }

    public override void Add(DataViewSchema.Annotations.Builder builder, string name, IReadOnlyList<string> texts)
    {
        T[] values = Parse(texts);
        ValueGetter<VBuffer<T>> getter = (ref VBuffer<T> destination) => new VBuffer<T>(values.Length, values).CopyTo(ref destination);
        builder.Add(name, new VectorDataViewType(ItemType, values.Length), getter);
    }

    public override string? Normalize(string text)
    {
        try
        {
            return format(parse(text));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    public override LabelIndex NewIndex(int limit = LabelIndex.MaximumClasses) => new LabelIndex<T>(this, limit);

    // The default of a date is what a loader makes of an empty cell.
    public override ColumnCodes NewCodes() => new ColumnCodes<T>(Order, value => IsMissing(value) || value is DateTime { Ticks: 0 } or DateTimeOffset { Ticks: 0 }, Keep);

    public override LabelIndex IndexOf(IReadOnlyList<string> texts)
    {
        var index = new LabelIndex<T>(this, texts.Count);
        foreach (T value in Parse(texts))
            index.Add(value);
        index.Close();
        return index;
    }

    public override Delegate Getter(IReadOnlyList<string> texts, Func<int> classOf)
    {
        T[] values = Parse(texts);
        ValueGetter<T> getter = (ref T value) => value = values[classOf()];
        return getter;
    }

    private T[] Parse(IReadOnlyList<string> texts) => [.. texts.Select(parse)];
}
