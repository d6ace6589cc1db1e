using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>What happens to one value between a member and a column; null where it is taken as it is.</summary>
internal static class ItemConversion
{
    public static Func<TFrom, TTo> MakeForText<TFrom, TTo>()
        => typeof(TFrom) == typeof(string)
            ? (Func<TFrom, TTo>)(object)(Func<string, ReadOnlyMemory<char>>)(text => text.AsMemory())
            : null;

    /// <summary>Scalar members hold zero-based indices of keys. The items of vectors are raw values.</summary>
    public static Func<TFrom, TTo> MakeForKeys<TFrom, TTo>(DataViewType type)
        => type is KeyDataViewType key
            ? (Func<TFrom, TTo>)GenericCall.Invoke<Delegate>(MakeForKeysOf<uint>, [key.RawType], key.Count)
            : null;

    /// <summary>Whatever is out of range becomes a missing key.</summary>
    private static Func<T, T> MakeForKeysOf<T>(ulong count)
        where T : IUnsignedNumber<T>
        => value => ulong.CreateTruncating(value) < count ? value + T.One : T.Zero;
}
