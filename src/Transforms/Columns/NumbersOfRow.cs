using System.Numerics;

namespace MLExtensions.Transforms.Columns;

/// <summary>Reads the numbers of one column, row by row, as dense <c>Double</c> whatever the type of the column.</summary>
internal abstract class NumbersOfRow
{
    public static NumbersOfRow Of(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType { ItemType: var item } when item == NumberDataViewType.Single => new OfVector<float>(row, column),
        VectorDataViewType => new OfVector<double>(row, column),
        var type when type == NumberDataViewType.Single => new OfScalar<float>(row, column),
        _ => new OfScalar<double>(row, column),
    };

    /// <summary>The numbers of the row at which the cursor stands, one per slot, until the next call.</summary>
    /// <exception cref="InvalidOperationException">The vector has another size than its type promises, or indices out of order.</exception>
    public abstract ReadOnlySpan<double> Read();

    private sealed class OfScalar<T>(DataViewRow row, DataViewSchema.Column column) : NumbersOfRow
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
        private readonly double[] _numbers = new double[1];
        private T _value;

        public override ReadOnlySpan<double> Read()
        {
            _getter(ref _value);
            _numbers[0] = double.CreateTruncating(_value);
            return _numbers;
        }
    }

    private sealed class OfVector<T>(DataViewRow row, DataViewSchema.Column column) : NumbersOfRow
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
        private readonly double[] _numbers = new double[ScalableTypes.SlotsOf(column.Type)];
        private VBuffer<T> _values;

        public override ReadOnlySpan<double> Read()
        {
            _getter(ref _values);
            VectorChecks.RequireSlots(in _values, _numbers.Length, column, row.Position);

            var values = _values.GetValues();
            if (_values.IsDense)
            {
                for (int i = 0; i < values.Length; i++)
                    _numbers[i] = double.CreateTruncating(values[i]);
                return _numbers;
            }

            Array.Clear(_numbers);
            var indices = _values.GetIndices();
            for (int i = 0; i < values.Length; i++)
                _numbers[indices[i]] = double.CreateTruncating(values[i]);
            return _numbers;
        }
    }
}
