using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A row that shows one object after another. The position tells them apart.</summary>
internal sealed class ExampleRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly RowReader<TRow> _reader;
    private TRow _current;
    private long _position = -1;

    public ExampleRow(SchemaDefinition definition)
    {
        _reader = new RowReader<TRow>(definition);
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema => _reader.Schema;

    public void Show(TRow example)
    {
        _current = example;
        _position++;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => ActiveColumns.Cast<TValue>(_reader.MakeGetter(Schema[column.Index], () => _current), Schema[column.Index]);
}
