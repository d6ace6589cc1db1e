namespace MLExtensions.Transforms.Table.Slots;

/// <summary>What annotations tell of the slots.</summary>
internal static class SlotDescriptions
{
    /// <summary>The annotations that every encoded column carries.</summary>
    public static SchemaShape.Column[] Promised =>
    [
        ShapeColumns.Vector(AnnotationNames.SlotNames, TextDataViewType.Instance),
        ShapeColumns.Vector(CategoryCounts.Kind, NumberDataViewType.Int32),
        ShapeColumns.Vector(SlotKinds.Kind, TextDataViewType.Instance),
        ShapeColumns.Vector(CategoryValues.Kind, TextDataViewType.Instance),
    ];

    public static DataViewSchema.Annotations Of(TableColumns columns, CategoryEncoding encoding)
    {
        Slot[] slots = [.. columns.SelectMany(column => column.Parts).SelectMany(part => SlotsOf(part, encoding))];
        ReadOnlyMemory<char>[] names = [.. slots.Select(slot => slot.Name.AsMemory())];
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(AnnotationNames.SlotNames, new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(names.Length, names).CopyTo(ref value));
        CategoryCounts.Add(annotations, [.. slots.Select(slot => slot.Kind == SlotKind.Category ? slot.Values.Count : 0)]);
        SlotKinds.Add(annotations, [.. slots.Select(slot => slot.Kind)]);
        CategoryValues.Add(annotations, [.. slots.Select(slot => slot.Values)]);
        return annotations.ToAnnotations();
    }

    private static IEnumerable<Slot> SlotsOf(TablePart part, CategoryEncoding encoding)
    {
        if (part is not TableCategoryPart { Categories: var categories })
        {
            yield return new(part.Name, SlotKind.Number, []);
            if (part is TableNumberPart { Indicator: { } indicator })
                yield return new(indicator, SlotKind.MissingIndicator, []);
        }
        else if (encoding == CategoryEncoding.Index)
        {
            yield return new(part.Name, SlotKind.Category, [.. categories.Select(category => category.Value)]);
        }
        else
        {
            foreach (var category in categories)
                yield return new($"{part.Name}={category.Value}", SlotKind.CategoryIndicator, [category.Value]);
        }
    }

    private sealed record Slot(string Name, SlotKind Kind, IReadOnlyList<string> Values);
}
