namespace Microsoft.ML;

internal sealed class ColumnValues<TValue> : ColumnValues
{
    private readonly TValue[] _values;

    public ColumnValues(TValue[] values)
    {
        _values = values;
    }

    public override int Count => _values.Length;

    public void Read(long row, ref TValue value) => ValueCopier<TValue>.Copy(in _values[row], ref value);
}
