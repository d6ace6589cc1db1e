using System.Numerics;

namespace MLExtensions.Transforms.Fitting;

/// <summary>Feeds the statistics of every slot of one column from a cursor, row by row.</summary>
internal abstract class SlotReader<TAccumulator>(DataViewRow row, DataViewSchema.Column column) : ColumnReader<TAccumulator[]>(row, column)
    where TAccumulator : struct, IAccumulator<TAccumulator>
{
    public static SlotReader<TAccumulator> Create(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType { ItemType: var item } when item == NumberDataViewType.Single => new OfVector<float>(row, column),
        VectorDataViewType => new OfVector<double>(row, column),
        var type when type == NumberDataViewType.Single => new OfScalar<float>(row, column),
        _ => new OfScalar<double>(row, column),
    };

    protected sealed override void RequireEnough(TAccumulator[] statistics)
    {
        int empty = Array.FindIndex(statistics, slot => slot.Count == 0);
        if (empty >= 0)
            throw new InvalidOperationException($"{SlotTexts.Describe(Column, empty)} holds no number to fit to: every value is NaN. Leave it out or fill it in.");
    }

    /// <summary>Refuses a row in which statistics have found an infinity.</summary>
    protected void RequireFinite(int infinite, long row)
    {
        if (infinite != SlotStatistics.NoSlot)
            throw SlotTexts.Infinite(Column, infinite, row);
    }

    private sealed class OfScalar<T>(DataViewRow row, DataViewSchema.Column column) : SlotReader<TAccumulator>(row, column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
        private readonly SlotStatistics<TAccumulator, T> _statistics = new(1);
        private T _value;

        public override void AddRow()
        {
            _getter(ref _value);
            RequireFinite(_statistics.Add(new ReadOnlySpan<T>(in _value)), Row.Position);
        }

        public override TAccumulator[] Statistics() => _statistics.ToArray();
    }

    /// <summary>Rows wait until there are four of them, each in the buffer that it was read into.</summary>
    private sealed class OfVector<T>(DataViewRow row, DataViewSchema.Column column) : SlotReader<TAccumulator>(row, column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
        private readonly int _slots = ScalableTypes.SlotsOf(column.Type);
        private readonly SlotStatistics<TAccumulator, T> _statistics = new(ScalableTypes.SlotsOf(column.Type));
        private readonly VBuffer<T>[] _rows = new VBuffer<T>[FourRows<T>.Count];
        private long _firstRow;
        private int _waiting;

        public override void AddRow()
        {
            if (_waiting == 0)
                _firstRow = Row.Position;
            ref var values = ref _rows[_waiting];
            _getter(ref values);
            VectorChecks.RequireSlots(in values, _slots, Column, Row.Position);
            if (++_waiting == FourRows<T>.Count)
                AddWaiting();
        }

        public override TAccumulator[] Statistics()
        {
            AddWaiting();
            return _statistics.ToArray();
        }

        private void AddWaiting()
        {
            if (_waiting < FourRows<T>.Count || !TryAddFour())
            {
                for (int i = 0; i < _waiting; i++)
                    RequireFinite(Add(in _rows[i]), _firstRow + i);
            }
            _waiting = 0;
        }

        private bool TryAddFour() =>
            _rows[0].IsDense && _rows[1].IsDense && _rows[2].IsDense && _rows[3].IsDense
            && _statistics.TryAdd(new(_rows[0].GetValues(), _rows[1].GetValues(), _rows[2].GetValues(), _rows[3].GetValues()));

        private int Add(in VBuffer<T> values) => values.IsDense
            ? _statistics.Add(values.GetValues())
            : _statistics.Add(values.GetValues(), values.GetIndices());
    }
}
