using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A schema on disk, with the annotations of its columns.</summary>
internal static class SchemaSerialization
{
    public static void Write(Stream stream, DataViewSchema schema)
    {
        var writer = new BinaryWriter(stream);
        WriteSchema(writer, schema);
        writer.Flush();
    }

    public static DataViewSchema Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        var builder = new DataViewSchema.Builder();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString();
            DataViewType type = ReadType(reader);
            builder.AddColumn(name, type, ReadAnnotations(reader));
        }
        return builder.ToSchema();
    }

    private static void WriteSchema(BinaryWriter writer, DataViewSchema schema)
    {
        writer.Write(schema.Count);
        foreach (DataViewSchema.Column column in schema)
        {
            writer.Write(column.Name);
            WriteType(writer, column.Type);
            writer.Write(column.Annotations.Schema.Count);
            foreach (DataViewSchema.Column annotation in column.Annotations.Schema)
            {
                writer.Write(annotation.Name);
                WriteType(writer, annotation.Type);
                GenericCall.Invoke<object>(
                    annotation.Type is VectorDataViewType ? WriteVector<int> : WriteScalar<int>,
                    [annotation.Type.GetItemType().RawType],
                    writer,
                    column.Annotations,
                    annotation.Name);
            }
        }
    }

    private static DataViewSchema.Annotations ReadAnnotations(BinaryReader reader)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString();
            DataViewType type = ReadType(reader);
            Delegate getter = GenericCall.Invoke<Delegate>(
                type is VectorDataViewType ? ReadVector<int> : ReadScalar<int>, [type.GetItemType().RawType], reader);
            builder.Add(name, type, getter);
        }
        return builder.ToAnnotations();
    }

    private static void WriteType(BinaryWriter writer, DataViewType type)
    {
        writer.WriteItemType((PrimitiveDataViewType)type.GetItemType());
        int[] dimensions = type is VectorDataViewType vector ? [.. vector.Dimensions] : [];
        writer.Write(dimensions.Length);
        foreach (int dimension in dimensions)
            writer.Write(dimension);
    }

    private static DataViewType ReadType(BinaryReader reader)
    {
        PrimitiveDataViewType item = reader.ReadItemType();
        var dimensions = new int[reader.ReadInt32()];
        for (int i = 0; i < dimensions.Length; i++)
            dimensions[i] = reader.ReadInt32();
        return dimensions.Length == 0 ? item : new VectorDataViewType(item, dimensions);
    }

    private static object WriteScalar<TValue>(BinaryWriter writer, DataViewSchema.Annotations annotations, string kind)
    {
        TValue value = default;
        annotations.GetValue(kind, ref value);
        PrimitiveSerialization.Write(writer, value);
        return null;
    }

    private static object WriteVector<TValue>(BinaryWriter writer, DataViewSchema.Annotations annotations, string kind)
    {
        VBuffer<TValue> value = default;
        annotations.GetValue(kind, ref value);
        writer.Write(value.Length);
        foreach (TValue item in value.DenseValues())
            PrimitiveSerialization.Write(writer, item);
        return null;
    }

    private static ValueGetter<TValue> ReadScalar<TValue>(BinaryReader reader)
    {
        TValue stored = PrimitiveSerialization.Read<TValue>(reader);
        return (ref TValue value) => value = stored;
    }

    private static ValueGetter<VBuffer<TValue>> ReadVector<TValue>(BinaryReader reader)
    {
        var stored = new TValue[reader.ReadInt32()];
        for (int i = 0; i < stored.Length; i++)
            stored[i] = PrimitiveSerialization.Read<TValue>(reader);
        return (ref VBuffer<TValue> value) => VBuffer<TValue>.Copy(stored, 0, ref value, stored.Length);
    }
}
