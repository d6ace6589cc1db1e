using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>
/// Some rows of a table as ML.NET reads them: a column for each feature, <c>Single</c> or text, and <c>Label</c>: <c>Boolean</c> (two
/// classes), a key (several) or <c>Single</c>.
/// </summary>
internal sealed class TableView : IDataView
{
    public const string Label = "Label";

    private readonly Table _table;
    private readonly int[] _rows;

    public TableView(Table table, LossTasks task, int[] rows)
    {
        _table = table;
        _rows = rows;
        var schema = new DataViewSchema.Builder();
        foreach (var feature in table.Features)
            schema.AddColumn(feature.Name, feature.Texts is null ? NumberDataViewType.Single : TextDataViewType.Instance);
        switch (task)
        {
            case LossTasks.BinaryClassification:
                schema.AddColumn(Label, BooleanDataViewType.Instance);
                break;
            case LossTasks.MulticlassClassification:
                schema.AddColumn(Label, new KeyDataViewType(typeof(uint), table.Classes.Count), NamesOf(table.Classes));
                break;
            default:
                schema.AddColumn(Label, NumberDataViewType.Single);
                break;
        }
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private static DataViewSchema.Annotations NamesOf(IReadOnlyList<string> classes)
    {
        ReadOnlyMemory<char>[] names = [.. classes.Select(name => name.AsMemory())];
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(names.Length, names).CopyTo(ref value));
        return annotations.ToAnnotations();
    }

    private sealed class Cursor(TableView view, HashSet<int> active) : DataViewRowCursor
    {
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext() => ++_position < view._rows.Length;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)GetterOf(column);

        private int Row => view._rows[_position];

        private Delegate GetterOf(DataViewSchema.Column column)
        {
            if (column.Index < view._table.Features.Count)
            {
                var feature = view._table.Features[column.Index];
                return feature.Numbers is { } numbers
                    ? (ValueGetter<float>)((ref float value) => value = numbers[Row])
                    : (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = feature.Texts![Row].AsMemory());
            }
            float[] targets = view._table.Targets;
            return column.Type switch
            {
                BooleanDataViewType => (ValueGetter<bool>)((ref bool value) => value = targets[Row] > 0),
                KeyDataViewType => (ValueGetter<uint>)((ref uint value) => value = (uint)targets[Row] + 1),
                _ => (ValueGetter<float>)((ref float value) => value = targets[Row]),
            };
        }
    }
}
