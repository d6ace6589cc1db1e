using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Item types and single values on disk.</summary>
internal static class PrimitiveSerialization
{
    public static void WriteItemType(this BinaryWriter writer, PrimitiveDataViewType type)
    {
        var key = type as KeyDataViewType;
        PrimitiveDataViewType raw = key == null ? type : ColumnTypeExtensions.NumberTypeFromType(key.RawType);
        writer.Write((byte)raw.ToDataKind());
        writer.Write(key?.Count ?? 0);
    }

    public static PrimitiveDataViewType ReadItemType(this BinaryReader reader)
    {
        var kind = (DataKind)reader.ReadByte();
        Contracts.CheckDecode(Enum.IsDefined(kind));
        ulong keyCount = reader.ReadUInt64();
        PrimitiveDataViewType raw = kind.ToDataViewType();
        return keyCount == 0 ? raw : new KeyDataViewType(raw.RawType, keyCount);
    }

    public static void Write<TValue>(BinaryWriter writer, TValue value)
    {
        switch (value)
        {
            case ReadOnlyMemory<char> text:
                writer.Write(text.ToString());
                break;
            case float number:
                writer.Write(number);
                break;
            case double number:
                writer.Write(number);
                break;
            case bool flag:
                writer.Write(flag);
                break;
            case DateTime time:
                writer.Write(time.ToBinary());
                break;
            case ulong number:
                writer.Write(number);
                break;
            default:
                writer.Write(Convert.ToInt64(value));
                break;
        }
    }

    public static TValue Read<TValue>(BinaryReader reader)
    {
        Type type = typeof(TValue);
        object value = type == typeof(ReadOnlyMemory<char>) ? reader.ReadString().AsMemory()
            : type == typeof(float) ? reader.ReadSingle()
            : type == typeof(double) ? reader.ReadDouble()
            : type == typeof(bool) ? reader.ReadBoolean()
            : type == typeof(DateTime) ? DateTime.FromBinary(reader.ReadInt64())
            : type == typeof(ulong) ? reader.ReadUInt64()
            : Convert.ChangeType(reader.ReadInt64(), type);
        return (TValue)value;
    }
}
