using System.Numerics;

namespace MLExtensions.Trainers.Labels;

/// <summary>The values of a column that tells rows apart, such as groups or times, each with a code in the order in which they were met.</summary>
internal abstract class ColumnCodes
{
    /// <summary>What stands for a missing value.</summary>
    public const int Missing = -1;

    /// <summary>Makes the codes of a column: of a key, or of a type that labels can have.</summary>
    public static ColumnCodes Of(DataViewSchema.Column column) => column.Type is not KeyDataViewType type ? LabelType.Find(column.Type)!.NewCodes()
        : Type.GetTypeCode(type.RawType) switch
        {
            TypeCode.Byte => OfKeys<byte>(type),
            TypeCode.UInt16 => OfKeys<ushort>(type),
            TypeCode.UInt32 => OfKeys<uint>(type),
            _ => OfKeys<ulong>(type),
        };

    /// <summary>Makes the reader of a cursor's rows: the code of the present one.</summary>
    public abstract Func<int> CreateReader(DataViewRow row, DataViewSchema.Column column);

    /// <summary>The place of each code in the ascending order of its values.</summary>
    public abstract int[] Ranks();

    private static ColumnCodes<T> OfKeys<T>(KeyDataViewType type)
        where T : struct, IBinaryInteger<T> => new(Comparer<T>.Default, value => T.IsZero(value) || ulong.CreateTruncating(value) > type.Count, value => value);
}

/// <summary>The values of a column of one type.</summary>
/// <param name="order">Orders values, and compares them where it can.</param>
/// <param name="isMissing">Whether a value stands for none.</param>
/// <param name="keep">The same value in memory of its own.</param>
internal sealed class ColumnCodes<T>(IComparer<T> order, Func<T, bool> isMissing, Func<T, T> keep) : ColumnCodes
    where T : notnull
{
    private readonly Dictionary<T, int> _codes = new(order as IEqualityComparer<T>);

    public override Func<int> CreateReader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            if (isMissing(value))
                return Missing;
            if (!_codes.TryGetValue(value, out int code))
                _codes.Add(keep(value), code = _codes.Count);
            return code;
        };
    }

    public override int[] Ranks()
    {
        int[] ranks = new int[_codes.Count];
        foreach (var (rank, value) in _codes.OrderBy(pair => pair.Key, order).Index())
            ranks[value.Value] = rank;
        return ranks;
    }
}
