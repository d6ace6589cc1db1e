using System.Globalization;

namespace MLExtensions.Trainers.Labels;

/// <summary>
/// The original values behind the keys of a label, as ML.NET's <c>KeyValues</c> annotation has them. They are kept as text
/// that reads back to the same value, so that a model can store them whatever their type.
/// </summary>
/// <param name="Type">The name of the values' type, one of those in the table below.</param>
/// <param name="Texts">The values in the order of the keys.</param>
internal sealed record LabelValues(string Type, IReadOnlyList<string> Texts)
{
    private static readonly IReadOnlyDictionary<string, Kind> s_kinds = new Kind[]
    {
        new TextKind(),
        new Kind<bool>(BooleanDataViewType.Instance, value => value ? "True" : "False", bool.Parse),
        Number<float>(NumberDataViewType.Single),
        Number<double>(NumberDataViewType.Double),
        Number<sbyte>(NumberDataViewType.SByte),
        Number<byte>(NumberDataViewType.Byte),
        Number<short>(NumberDataViewType.Int16),
        Number<ushort>(NumberDataViewType.UInt16),
        Number<int>(NumberDataViewType.Int32),
        Number<uint>(NumberDataViewType.UInt32),
        Number<long>(NumberDataViewType.Int64),
        Number<ulong>(NumberDataViewType.UInt64),
    }.ToDictionary(kind => kind.Name);

    /// <summary>Whether a <c>KeyValues</c> annotation is of a type in the table.</summary>
    public static bool CanRead(SchemaShape.Column annotation) =>
        s_kinds.Values.Any(kind => kind.ItemType.Equals(annotation.ItemType));

    /// <summary>Reads the values of a label column; null where the column has none, or of a type that is not in the table.</summary>
    public static LabelValues? Read(DataViewSchema.Column label)
    {
        var values = label.Annotations.Schema.GetColumnOrNull(AnnotationNames.KeyValues);
        return values is { Type: VectorDataViewType type } column
            && s_kinds.Values.FirstOrDefault(kind => kind.ItemType.Equals(type.ItemType)) is { } found
                ? new LabelValues(found.Name, found.Read(label.Annotations, column))
                : null;
    }

    /// <summary>Reads the slot names of a vector column; null where it has none.</summary>
    public static LabelValues? ReadSlotNames(DataViewSchema.Column column)
    {
        var names = column.Annotations.Schema.GetColumnOrNull(AnnotationNames.SlotNames);
        return names is { Type: VectorDataViewType { ItemType: TextDataViewType } } found
            ? OfTexts(s_kinds["Text"].Read(column.Annotations, found))
            : null;
    }

    /// <summary>Texts as they are.</summary>
    public static LabelValues OfTexts(IReadOnlyList<string> texts) => new("Text", texts);

    /// <summary>Adds the values to the annotations of a key column.</summary>
    public void AddKeyValues(DataViewSchema.Annotations.Builder builder, string name) => s_kinds[Type].Add(builder, name, Texts);

    /// <summary>Adds the values, as text, to the annotations of a vector with one item for each key.</summary>
    public void AddSlotNames(DataViewSchema.Annotations.Builder builder) =>
        new TextKind().Add(builder, AnnotationNames.SlotNames, Texts);

    /// <summary>Checks values that come from a model archive.</summary>
    /// <param name="count">The number of classes.</param>
    /// <exception cref="FormatException">The type is unknown, a text is no value of it, or there are more or fewer than classes.</exception>
    public void Check(int count)
    {
        if (Texts.Count != count)
            throw new FormatException($"{Texts.Count} labels do not fit {count} classes");
        if (Texts.Contains(null!))
            throw new FormatException("a label is null");
        if (!s_kinds.TryGetValue(Type, out var kind))
            throw new FormatException($"labels of type {Type} are unknown");
        kind.Add(new DataViewSchema.Annotations.Builder(), AnnotationNames.KeyValues, Texts);
    }

    private static Kind<T> Number<T>(NumberDataViewType type)
        where T : struct, IFormattable, IParsable<T> =>
        new(type, value => value.ToString(null, CultureInfo.InvariantCulture), text => T.Parse(text, CultureInfo.InvariantCulture));

    private abstract class Kind(PrimitiveDataViewType itemType)
    {
        public PrimitiveDataViewType ItemType => itemType;

        public string Name => itemType.RawType == typeof(ReadOnlyMemory<char>) ? "Text" : itemType.RawType.Name;

        public abstract IReadOnlyList<string> Read(DataViewSchema.Annotations annotations, DataViewSchema.Column column);

        public abstract void Add(DataViewSchema.Annotations.Builder builder, string name, IReadOnlyList<string> texts);
    }

    private class Kind<T>(PrimitiveDataViewType itemType, Func<T, string> format, Func<string, T> parse) : Kind(itemType)
    {
        public override IReadOnlyList<string> Read(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
        {
            VBuffer<T> values = default;
            annotations.GetValue(column.Name, ref values);
            return [.. values.DenseValues().Select(format)];
        }

        public override void Add(DataViewSchema.Annotations.Builder builder, string name, IReadOnlyList<string> texts)
        {
            T[] values = [.. texts.Select(parse)];
            ValueGetter<VBuffer<T>> getter = (ref VBuffer<T> destination) => new VBuffer<T>(values.Length, values).CopyTo(ref destination);
            builder.Add(name, new VectorDataViewType(ItemType, values.Length), getter);
        }
    }

    private sealed class TextKind() : Kind<ReadOnlyMemory<char>>(TextDataViewType.Instance, text => text.ToString(), text => text.AsMemory());
}
