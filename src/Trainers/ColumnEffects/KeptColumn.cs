using System.Globalization;

namespace MLExtensions.Trainers.ColumnEffects;

/// <summary>The values of one column, held in memory so that they can be given in any order.</summary>
internal abstract class KeptColumn
{
    /// <summary>Makes room for a column of any type.</summary>
    public static KeptColumn Of(DataViewSchema.Column column)
    {
        var kept = column.Type is VectorDataViewType vector ? typeof(KeptVectors<>).MakeGenericType(vector.ItemType.RawType) : typeof(KeptValues<>).MakeGenericType(column.Type.RawType);
        return (KeptColumn)Activator.CreateInstance(kept)!;
    }

    /// <summary>Makes what keeps the value of the present row of a cursor: behind all others, or in the place of one.</summary>
    /// <param name="row">The cursor.</param>
    /// <param name="column">Its column.</param>
    public abstract Action<int> Keeper(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Makes a getter.</summary>
    /// <param name="rowOf">Gives the row whose value is asked for.</param>
    public abstract Delegate Getter(Func<int> rowOf);

    /// <summary>The value of a row as an object.</summary>
    public abstract object? this[int row] { get; }

    /// <summary>A value as text, in the invariant culture.</summary>
    public static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Values that are single ones.</summary>
internal sealed class KeptValues<T> : KeptColumn
{
    private readonly List<T> _values = [];

    public override object? this[int row] => _values[row];

    public override Action<int> Keeper(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        return place =>
        {
            T value = default!;
            getter(ref value);

            // Text may lie in memory that is the cursor's.
            if (value is ReadOnlyMemory<char> text)
                value = (T)(object)text.ToString().AsMemory();
            if (place == _values.Count)
                _values.Add(value);
            else
                _values[place] = value;
        };
    }

    public override Delegate Getter(Func<int> rowOf) => (ValueGetter<T>)((ref T value) => value = _values[rowOf()]);
}

/// <summary>Values that are vectors.</summary>
internal sealed class KeptVectors<T> : KeptColumn
{
    private readonly List<VBuffer<T>> _values = [];

    public override object? this[int row] => _values[row];

    public override Action<int> Keeper(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return place =>
        {
            getter(ref value);
            VBuffer<T> copy = default;
            value.CopyTo(ref copy);
            if (place == _values.Count)
                _values.Add(copy);
            else
                _values[place] = copy;
        };
    }

    public override Delegate Getter(Func<int> rowOf) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[rowOf()].CopyTo(ref value));
}
