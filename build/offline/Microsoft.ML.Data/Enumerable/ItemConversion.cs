using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>What happens to one value between a member and a column.</summary>
internal static class ItemConversion
{
    /// <summary>The conversion, or null where the value is taken as it is.</summary>
    public static Func<TFrom, TTo> Make<TFrom, TTo>(DataViewType type)
    {
        if (typeof(TFrom) == typeof(string))
            return (Func<TFrom, TTo>)(object)(Func<string, ReadOnlyMemory<char>>)(text => text.AsMemory());
        if (type is KeyDataViewType key)
            return (Func<TFrom, TTo>)MakeForKeys(key);
        return null;
    }

    private static Delegate MakeForKeys(KeyDataViewType key)
        => GenericCall.Invoke<Delegate>(MakeForKeysOf<uint>, [key.RawType], key.Count);

    /// <summary>Members hold zero-based indices. Whatever is out of range becomes a missing key.</summary>
    private static Func<T, T> MakeForKeysOf<T>(ulong count)
        where T : IUnsignedNumber<T>
        => value => ulong.CreateTruncating(value) < count ? value + T.One : T.Zero;
}
