namespace MLExtensions.Transforms.Table.Slots;

/// <summary>Writes the slots of one part of a column; without state, so that cursors share it.</summary>
internal abstract class PartEncoder
{
    public abstract void Write(ColumnCells cells, Span<float> slots);

    public static PartEncoder Of(TablePart part, TableEncodingOptions options) => part switch
    {
        TableNumberPart number => new NumberEncoder(number, options.MissingNumbers),
        TableCategoryPart categories when options.CategoryEncoding == CategoryEncoding.Index => new IndexEncoder(categories),
        TableCategoryPart categories => new OneHotEncoder(categories),
        _ => new EmptyEncoder(part.FirstSlot),
    };
}

/// <summary>Writes a number and whether it is missing.</summary>
internal sealed class NumberEncoder(TableNumberPart part, MissingNumbers missing) : PartEncoder
{
    private readonly int _slot = part.FirstSlot;
    private readonly double _origin = part.Origin;
    private readonly float _missing = missing == MissingNumbers.Keep ? float.NaN : (float)part.Median;
    private readonly bool _hasIndicator = part.Indicator is not null;

    public override void Write(ColumnCells cells, Span<float> slots)
    {
        double number = cells.Number(part.Source);
        bool isMissing = double.IsNaN(number);
        slots[_slot] = isMissing ? _missing : (float)(number - _origin);
        if (_hasIndicator)
            slots[_slot + 1] = isMissing ? 1 : 0;
    }
}

/// <summary>Writes the index of a category; NaN for none of them.</summary>
internal sealed class IndexEncoder(TableCategoryPart part) : PartEncoder
{
    private readonly CategoryIndex _index = new(part.Categories);

    public override void Write(ColumnCells cells, Span<float> slots)
    {
        int index = _index.Find(cells.Text(part.Source));
        slots[part.FirstSlot] = index == CategoryIndex.None ? float.NaN : index;
    }
}

/// <summary>Writes 1 into the slot of a category and 0 into those of the others.</summary>
internal sealed class OneHotEncoder(TableCategoryPart part) : PartEncoder
{
    private readonly CategoryIndex _index = new(part.Categories);

    public override void Write(ColumnCells cells, Span<float> slots)
    {
        var own = slots.Slice(part.FirstSlot, part.SlotCount);
        own.Clear();
        int index = _index.Find(cells.Text(part.Source));
        if (index != CategoryIndex.None)
            own[index] = 1;
    }
}

/// <summary>Writes 0.</summary>
internal sealed class EmptyEncoder(int slot) : PartEncoder
{
    public override void Write(ColumnCells cells, Span<float> slots) => slots[slot] = 0;
}
