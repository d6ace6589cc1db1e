using System.Collections;

namespace MLExtensions.Transforms;

/// <summary>What a fitted <see cref="TableEncodingTransformer"/> knows of its columns; as text, a table with a line for each.</summary>
public sealed class TableColumns : IReadOnlyList<TableColumn>
{
    private readonly TableColumn[] _columns;

    /// <summary>Gives the parts their slots.</summary>
    internal TableColumns(IEnumerable<TableColumn> columns, CategoryEncoding encoding)
    {
        int next = 0;
        _columns = [.. columns.Select(column => column with { Parts = [.. column.Parts.Select(Placed)] })];
        SlotCount = next;

        TablePart Placed(TablePart part)
        {
            int first = next;
            next = checked(next + part.CountSlots(encoding));
            return part with { FirstSlot = first, SlotCount = next - first };
        }
    }

    /// <summary>The number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>The number of slots of the vector.</summary>
    public int SlotCount { get; }

    /// <summary>A column by its place among those that are encoded.</summary>
    /// <param name="index">The place, counted from 0.</param>
    public TableColumn this[int index] => _columns[index];

    /// <summary>A column by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public TableColumn this[string name] => Array.Find(_columns, column => column.Name == name)
        ?? throw new ArgumentException($"'{name}' is none of the encoded columns: {string.Join(", ", _columns.Select(column => $"'{column.Name}'"))}.", nameof(name));

    /// <inheritdoc/>
    public IEnumerator<TableColumn> GetEnumerator() => ((IEnumerable<TableColumn>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A table with a line for each column: its type, what it was taken for, its slots, how many rows miss it, and its values.</summary>
    public override string ToString() => TableText.Of(_columns);
}
