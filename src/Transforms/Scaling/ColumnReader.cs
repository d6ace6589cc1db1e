using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms;

/// <summary>Feeds the statistics of one column from a cursor, row by row.</summary>
internal abstract class ColumnReader<TAccumulator>(DataViewRow row, DataViewSchema.Column column)
    where TAccumulator : struct, IAccumulator<TAccumulator>
{
    protected SlotStatistics<TAccumulator> Statistics { get; } = new(ScalableTypes.SlotsOf(column.Type));

    protected DataViewRow Row { get; } = row;

    public DataViewSchema.Column Column { get; } = column;

    public static ColumnReader<TAccumulator> Create(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType { ItemType: var item } when item == NumberDataViewType.Single => new OfVector<float>(row, column),
        VectorDataViewType => new OfVector<double>(row, column),
        var type when type == NumberDataViewType.Single => new OfScalar<float>(row, column),
        _ => new OfScalar<double>(row, column),
    };

    /// <summary>Adds the row at which the cursor stands.</summary>
    /// <exception cref="InvalidOperationException">A value is infinite.</exception>
    public void AddRow()
    {
        int infinite = AddValues();
        if (infinite >= 0)
        {
            throw new InvalidOperationException($"{SlotTexts.Describe(Column, infinite)} is infinite in row {Row.Position} (counted from 0). " +
                "Scaling is fitted to finite numbers, with NaN for missing ones: replace the infinity or leave the row out.");
        }
    }

    /// <summary>The statistics of every slot.</summary>
    /// <exception cref="InvalidOperationException">A slot held no number.</exception>
    public TAccumulator[] Finish()
    {
        var slots = Statistics.ToArray();
        int empty = Array.FindIndex(slots, slot => slot.Count == 0);
        return empty < 0
            ? slots
            : throw new InvalidOperationException($"{SlotTexts.Describe(Column, empty)} holds no number to fit to: every value is NaN. Leave it out or fill it in.");
    }

    /// <summary>Adds the row's values, and gives the first slot that holds an infinity, or a negative number.</summary>
    protected abstract int AddValues();

    private sealed class OfScalar<T>(DataViewRow row, DataViewSchema.Column column) : ColumnReader<TAccumulator>(row, column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
        private T _value;

        protected override int AddValues()
        {
            _getter(ref _value);
            return Statistics.Add(new ReadOnlySpan<T>(in _value));
        }
    }

    private sealed class OfVector<T>(DataViewRow row, DataViewSchema.Column column) : ColumnReader<TAccumulator>(row, column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
        private readonly int _slots = ScalableTypes.SlotsOf(column.Type);
        private VBuffer<T> _values;

        protected override int AddValues()
        {
            _getter(ref _values);
            if (_values.Length != _slots)
                throw VectorLengths.Mismatch(_values.Length, _slots, Column.Name, Row.Position);
            return _values.IsDense
                ? Statistics.Add(_values.GetValues())
                : Statistics.Add(_values.GetValues(), _values.GetIndices());
        }
    }
}
