using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The column type of a field or property: from its own type and its attributes.</summary>
internal static class MemberColumnType
{
    public static DataViewType Of(MemberInfo member)
    {
        Type type = member.ValueType();
        PrimitiveDataViewType itemType = ColumnTypeExtensions.PrimitiveTypeFromType(ItemTypeOf(type));
        Contracts.CheckParam(
            itemType != null,
            "rawType",
            $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        if (member.GetCustomAttribute<KeyTypeAttribute>()?.KeyCount.Count is ulong count)
            itemType = new KeyDataViewType(itemType.RawType, count);
        if (!IsVector(type))
            return itemType;
        int[] dimensions = member.GetCustomAttribute<VectorTypeAttribute>()?.Dimensions;
        return dimensions?.Length > 0 ? new VectorDataViewType(itemType, dimensions) : new VectorDataViewType(itemType);
    }

    public static Type ValueType(this MemberInfo member)
        => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    public static bool IsVector(Type type) => type.IsArray || IsBuffer(type);

    public static bool IsBuffer(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>);

    /// <summary>The type of one item, for vectors; the type itself otherwise.</summary>
    public static Type ItemTypeOf(Type type)
        => type.IsArray ? type.GetElementType()
            : IsBuffer(type) ? type.GetGenericArguments()[0]
            : type;
}
