using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Keeps the values of one column over several rows.</summary>
internal abstract class ColumnRecorder
{
    /// <summary>Stores the value of the current row.</summary>
    public abstract void Append();

    /// <summary>Hands out what was stored since the last call.</summary>
    public abstract ColumnValues Take();

    public static ColumnRecorder For(DataViewRow row, DataViewSchema.Column column)
        => GenericCall.Invoke<ColumnRecorder>(Make<int>, [column.Type.RawType], row, column);

    public static ColumnRecorder ForIds(DataViewRow row) => new Of<DataViewRowId>(row.GetIdGetter());

    private static ColumnRecorder Make<TValue>(DataViewRow row, DataViewSchema.Column column)
        => new Of<TValue>(row.GetGetter<TValue>(column));

    private sealed class Of<TValue> : ColumnRecorder
    {
        private readonly ValueGetter<TValue> _getter;
        private readonly List<TValue> _values = [];
        private TValue _current;

        public Of(ValueGetter<TValue> getter)
        {
            _getter = getter;
        }

        public override void Append()
        {
            _getter(ref _current);
            TValue copy = default;
            ValueCopier<TValue>.Copy(in _current, ref copy);
            _values.Add(copy);
        }

        public override ColumnValues Take()
        {
            TValue[] values = [.. _values];
            _values.Clear();
            return new ColumnValues<TValue>(values);
        }
    }
}
