namespace MLExtensions.Tool.Views;

/// <summary>Counts cells that are not of the kind of their column, which are taken as missing, so that the user is told once.</summary>
internal sealed class UnreadableCells
{
    private readonly Dictionary<string, (long Count, string Text, long Line)> _columns = [];

    /// <summary>Whether none was met.</summary>
    public bool IsEmpty => _columns.Count == 0;

    /// <summary>Notes a cell.</summary>
    public void Add(ViewColumn column, ReadOnlySpan<char> cell, long line)
    {
        var known = _columns.GetValueOrDefault(column.Name);
        _columns[column.Name] = known.Count == 0 ? (1, cell.Length > 40 ? $"{cell[..40]}..." : cell.ToString(), line) : known with { Count = known.Count + 1 };
    }

    /// <summary>A line for each column.</summary>
    public IEnumerable<string> Lines() => _columns.Select(column => Invariant(
        $"column '{column.Key}': {Plural.Of(column.Value.Count, "value is", "values are", "N0")} not of the kind that was trained on, as '{column.Value.Text}' in line {column.Value.Line}: taken as missing."));
}
