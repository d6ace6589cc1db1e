using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The columns of a text file as the attributes of a class give them.</summary>
internal static class TypedTextColumns
{
    public static TextLoader.Column[] Of(Type type)
        => SchemaDefinition.MembersOf(type, SchemaDefinition.Direction.Both).Select(ColumnOf).ToArray();

    private static TextLoader.Column ColumnOf(MemberInfo member)
    {
        LoadColumnAttribute source = member.GetCustomAttribute<LoadColumnAttribute>()
            ?? throw Contracts.Except($"Field '{member.Name}' is missing the LoadColumnAttribute attribute");
        DataViewType type = MemberColumnType.Of(member);
        var item = (PrimitiveDataViewType)type.GetItemType();
        var key = item as KeyDataViewType;
        if (key != null)
            item = ColumnTypeExtensions.NumberTypeFromType(key.RawType);
        foreach (TextLoader.Range range in source.Sources)
            range.ForceVector = type is VectorDataViewType;
        return new TextLoader.Column(
            member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name,
            item.ToDataKind(),
            source.Sources,
            key == null ? null : new KeyCount(key.Count));
    }
}
