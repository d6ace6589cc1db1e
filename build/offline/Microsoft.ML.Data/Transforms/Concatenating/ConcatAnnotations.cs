using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>What a concatenated column inherits: the names of its slots, and whether all of it is normalized.</summary>
internal static class ConcatAnnotations
{
    public static DataViewSchema.Annotations Make(DataViewSchema.Column[] sources, VectorDataViewType type)
    {
        if (sources is [{ Type: VectorDataViewType } only])
            return only.Annotations;

        var builder = new DataViewSchema.Annotations.Builder();
        if (sources.All(s => s.IsNormalized()))
            builder.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
        if (type.IsKnownSize && sources.Any(s => s.Type is not VectorDataViewType || s.HasSlotNames()))
        {
            builder.AddSlotNames(type.Size, (ref VBuffer<ReadOnlyMemory<char>> value) =>
            {
                ReadOnlyMemory<char>[] names = sources.SelectMany(NamesOf).ToArray();
                VBuffer<ReadOnlyMemory<char>>.Copy(names, 0, ref value, names.Length);
            });
        }
        return builder.ToAnnotations();
    }

    private static IEnumerable<ReadOnlyMemory<char>> NamesOf(DataViewSchema.Column source)
    {
        if (source.Type is not VectorDataViewType vector)
            return [source.Name.AsMemory()];
        if (!source.HasSlotNames())
            return new ReadOnlyMemory<char>[vector.Size];
        VBuffer<ReadOnlyMemory<char>> names = default;
        source.GetSlotNames(ref names);
        return names.DenseValues().Select(name => name.IsEmpty ? name : $"{source.Name}.{name}".AsMemory());
    }
}
