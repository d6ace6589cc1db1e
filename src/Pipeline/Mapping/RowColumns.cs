using Microsoft.ML;

namespace MLExtensions.Pipeline.Mapping;

/// <summary>The columns of one row or cursor: those of the input passed through, and those that a mapping adds.</summary>
internal sealed class RowColumns
{
    private readonly DataViewRow _input;
    private readonly BoundMapping _mapping;
    private readonly bool[] _active;
    private readonly Delegate?[] _getters;

    public RowColumns(DataViewRow input, BoundMapping mapping, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        _input = input;
        _mapping = mapping;
        _active = new bool[mapping.OutputSchema.Count];
        foreach (var column in activeColumns)
            _active[column.Index] = true;
        var added = new ArraySegment<bool>(_active, mapping.InputSchema.Count, mapping.Mapping.Columns.Count);
        _getters = mapping.Mapping.CreateGetters(input, added);
    }

    public bool IsActive(DataViewSchema.Column column) =>
        column.Index < _mapping.InputSchema.Count
            ? _input.IsColumnActive(_mapping.InputSchema[column.Index])
            : _active[Checked(column)];

    public ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index < _mapping.InputSchema.Count)
            return _input.GetGetter<TValue>(_mapping.InputSchema[column.Index]);

        var getter = _getters[Checked(column) - _mapping.InputSchema.Count]
            ?? throw new InvalidOperationException($"Column '{column.Name}' is not active: ask for it when the cursor is made.");
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");
    }

    private int Checked(DataViewSchema.Column column) =>
        column.Index < _active.Length
            ? column.Index
            : throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' has index {column.Index}, and the row has {_active.Length} columns.");
}
