using MLExtensions.Networks.SavedModels;

namespace MLExtensions.Networks;

/// <summary>
/// A row of a table, as the model was trained on: <see cref="ModelScorer.NewRow"/> makes one, which is filled and scored again and again by one thread. What is not set is missing,
/// but for truth values and whole numbers, of which none is.
/// </summary>
public sealed class ModelRow
{
    private readonly TableReader _table;
    private readonly TableCell[] _cells;
    private readonly Dictionary<string, TableCell> _byName;

    internal ModelRow(TableReader table)
    {
        _table = table;
        _cells = table.NewCells();
        _byName = _cells.ToDictionary(cell => cell.Column);
        Clear();
    }

    /// <summary>The columns and what each holds, in words.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Columns => [.. _cells.Select(cell => KeyValuePair.Create(cell.Column, cell.Type))];

    /// <summary>Forgets all values.</summary>
    public void Clear()
    {
        foreach (var cell in _cells)
            cell.Clear();
    }

    /// <summary>Sets a text, or a key by the text of its value. Empty, blank, and the texts that training took for none are missing.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">There is no such column, or it holds something else.</exception>
    public void Set(string column, ReadOnlySpan<char> text) => Find(column).Set(text);

    /// <summary>Sets a number, which is rounded to the type of the column. NaN is missing.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="ArgumentException">There is no such column, it holds something else, or the number is none of its type.</exception>
    public void Set(string column, double number) => Find(column).Set(number);

    /// <summary>Sets a whole number, or a key without values by its number, of which 0 is missing.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="ArgumentException">There is no such column, it holds something else, or the number is none of its type.</exception>
    public void Set(string column, long number) => Find(column).Set(number);

    /// <summary>Sets a truth value.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">There is no such column, or it holds something else.</exception>
    public void Set(string column, bool value) => Find(column).Set(value);

    /// <summary>Sets the numbers of a vector, of which those that are NaN are missing.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="numbers">As many numbers as the vector has slots.</param>
    /// <exception cref="ArgumentException">There is no such column, it holds something else, or another number of numbers.</exception>
    public void Set(string column, ReadOnlySpan<float> numbers) => Find(column).Set(numbers);

    /// <summary>Whether a row is of this table.</summary>
    internal bool IsOf(TableReader? table) => ReferenceEquals(_table, table);

    internal void Write(Span<float> features) => _table.Write(_cells, features);

    private TableCell Find(string column) => _byName.GetValueOrDefault(column)
        ?? throw new ArgumentException($"The model was trained on no column '{column}': expected one of {string.Join(", ", _cells.Select(cell => $"'{cell.Column}'"))}.", nameof(column));
}
