using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.ReadAhead;

/// <summary>The values of one column in the rows that a cursor has read ahead.</summary>
internal abstract class HeldColumn
{
    /// <summary>The most numbers that are held of a row; more would leave the cache before they are used.</summary>
    public const int MostValues = 1 << 13;

    /// <summary>How many values of a row are held for a column; null where nobody knows, or where values are such as must be given back.</summary>
    public static int? ValuesOf(DataViewType type) => type switch
    {
        VectorDataViewType { IsKnownSize: true, Size: <= MostValues } vector when IsPlain(vector.ItemType) => vector.Size,
        _ when IsPlain(type) => 1,
        _ => null,
    };

    /// <summary>Makes room for a column.</summary>
    /// <param name="row">What reads it.</param>
    /// <param name="column">The column, of which values can be held.</param>
    /// <param name="rows">The most rows.</param>
    public static HeldColumn Of(DataViewRow row, DataViewSchema.Column column, int rows)
    {
        var held = column.Type is VectorDataViewType vector ? typeof(HeldVectors<>).MakeGenericType(vector.ItemType.RawType) : typeof(HeldValues<>).MakeGenericType(column.Type.RawType);
        return (HeldColumn)Activator.CreateInstance(held, row, column, rows)!;
    }

    /// <summary>Reads the value of the row where the cursor is.</summary>
    /// <param name="place">Where it belongs.</param>
    public abstract void Read(int place);

    // As ML.NET's own cache: an image is somebody's to dispose of.
    private static bool IsPlain(DataViewType type) => type is PrimitiveDataViewType;
}

/// <summary>The values of one column, as their getter gives them.</summary>
/// <typeparam name="TValue">What a getter gives.</typeparam>
internal abstract class HeldColumn<TValue>(DataViewRow row, DataViewSchema.Column column, int rows) : HeldColumn
{
    /// <summary>The values.</summary>
    public TValue[] Values { get; } = new TValue[rows];

    /// <summary>Gives the value of the row where the cursor is.</summary>
    public ValueGetter<TValue> Getter { get; } = row.GetGetter<TValue>(column);

    public sealed override void Read(int place) => Getter(ref Values[place]);

    /// <summary>Gives a value that is held.</summary>
    public abstract void CopyTo(int place, ref TValue value);
}

/// <summary>Values that are single ones.</summary>
internal sealed class HeldValues<T>(DataViewRow row, DataViewSchema.Column column, int rows) : HeldColumn<T>(row, column, rows)
{
    public override void CopyTo(int place, ref T value) => value = Values[place];
}

/// <summary>Values that are vectors.</summary>
internal sealed class HeldVectors<T>(DataViewRow row, DataViewSchema.Column column, int rows) : HeldColumn<VBuffer<T>>(row, column, rows)
{
    public override void CopyTo(int place, ref VBuffer<T> value) => Values[place].CopyTo(ref value);
}
