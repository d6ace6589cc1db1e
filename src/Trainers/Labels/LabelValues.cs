using System.Globalization;
using System.Text.Json.Serialization;

namespace MLExtensions.Trainers.Labels;

/// <summary>
/// The values behind the classes of a label: those that the trainer met, or what ML.NET's <c>KeyValues</c> annotation has for keys. They
/// are kept as text that reads back to the same value, so that a model can store them whatever their type.
/// </summary>
/// <param name="Type">The name of their <see cref="LabelType"/>.</param>
/// <param name="Texts">The values in the order of the classes.</param>
internal sealed record LabelValues(string Type, IReadOnlyList<string> Texts)
{
    // Some are enough to see what is meant.
    private const int Described = 10;

    /// <summary>Whether a <c>KeyValues</c> annotation is of a type that is known.</summary>
    public static bool CanRead(SchemaShape.Column annotation) => LabelType.Find(annotation.ItemType) is not null;

    /// <summary>Reads the values of a key column; null where the column has none, or of a type that is unknown.</summary>
    public static LabelValues? Read(DataViewSchema.Column label)
    {
        var values = label.Annotations.Schema.GetColumnOrNull(AnnotationNames.KeyValues);
        return values is { Type: VectorDataViewType type } && LabelType.Find(type.ItemType) is { } found
            ? new LabelValues(found.Name, found.Read(label.Annotations, AnnotationNames.KeyValues))
            : null;
    }

    /// <summary>Reads the slot names of a vector column; null where it has none.</summary>
    public static LabelValues? ReadSlotNames(DataViewSchema.Column column)
    {
        var names = column.Annotations.Schema.GetColumnOrNull(AnnotationNames.SlotNames);
        return names is { Type: VectorDataViewType { ItemType: TextDataViewType } }
            ? OfTexts(LabelType.Find(TextDataViewType.Instance)!.Read(column.Annotations, AnnotationNames.SlotNames))
            : null;
    }

    /// <summary>Texts as they are.</summary>
    public static LabelValues OfTexts(IReadOnlyList<string> texts) => new("Text", texts);

    /// <summary>Their type.</summary>
    [JsonIgnore]
    public LabelType LabelType => LabelType.Find(Type) ?? throw new FormatException($"labels of type {Type} are unknown");

    /// <summary>The place of a value given as text, in whatever form its type reads; -1 where it is none of them.</summary>
    public int IndexOf(string text)
    {
        string? value = LabelType.Normalize(text);
        for (int i = 0; i < Texts.Count; i++)
        {
            if (Texts[i] == value)
                return i;
        }
        return -1;
    }

    /// <summary>The values as numbers, of which true is 1 and false 0; null where they are none.</summary>
    public IReadOnlyList<double>? ToNumbers() => LabelType.ItemType switch
    {
        BooleanDataViewType => [.. Texts.Select(text => bool.Parse(text) ? 1.0 : 0)],
        NumberDataViewType => [.. Texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))],
        _ => null,
    };

    /// <summary>Adds the values to the annotations of a key column.</summary>
    public void AddKeyValues(DataViewSchema.Annotations.Builder builder, string name) => LabelType.Add(builder, name, Texts);

    /// <summary>Adds the values, as text, to the annotations of a vector with one item for each key.</summary>
    public void AddSlotNames(DataViewSchema.Annotations.Builder builder) =>
        LabelType.Find(TextDataViewType.Instance)!.Add(builder, AnnotationNames.SlotNames, Texts);

    /// <summary>The values in words, such as <c>2 values ('ham', 'spam')</c>.</summary>
    public string Describe()
    {
        string some = string.Join(", ", Texts.Take(Described).Select(text => $"'{text}'"));
        string more = Texts.Count > Described ? $" and {Texts.Count - Described} more" : "";
        return $"{Plural.Of(Texts.Count, "value")} ({some}{more})";
    }

    /// <summary>Checks values that come from a model archive.</summary>
    /// <param name="count">The number of classes.</param>
    /// <exception cref="FormatException">The type is unknown, a text is no value of it, or there are more or fewer than classes.</exception>
    public void Check(int count)
    {
        if (Texts.Count != count)
            throw new FormatException($"{Plural.Of(Texts.Count, "label")} {(Texts.Count == 1 ? "does" : "do")} not fit {Plural.Of(count, "class", "classes")}");
        if (Texts.Contains(null!))
            throw new FormatException("a label is null");
        if (Texts.FirstOrDefault(text => LabelType.Normalize(text) is null) is { } wrong)
            throw new FormatException($"label '{wrong}' is no value of type {Type}");
    }
}
