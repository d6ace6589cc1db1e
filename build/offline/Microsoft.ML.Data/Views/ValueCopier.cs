using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Copies a column value into storage of its own: vectors with their arrays, everything else as it is.</summary>
internal static class ValueCopier<TValue>
{
    public delegate void Copier(in TValue source, ref TValue destination);

    public static readonly Copier Copy = Make();

    private static Copier Make()
    {
        if (!MemberColumnType.IsBuffer(typeof(TValue)))
            return (in TValue source, ref TValue destination) => destination = source;
        return GenericCall.Invoke<Copier>(MakeForVectors<int>, [MemberColumnType.ItemTypeOf(typeof(TValue))]);
    }

    private static ValueCopier<VBuffer<TItem>>.Copier MakeForVectors<TItem>()
        => (in VBuffer<TItem> source, ref VBuffer<TItem> destination) => source.CopyTo(ref destination);
}
