using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Turns the members of an object into the columns of a row.</summary>
internal sealed class RowReader<TRow>
    where TRow : class
{
    private readonly (SchemaDefinition.Column Column, MemberInfo Member)[] _columns;

    public RowReader(SchemaDefinition definition)
    {
        definition ??= SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Read);
        _columns = definition.Select(c => (c, MemberOf(c))).ToArray();
        var builder = new DataViewSchema.Builder();
        foreach ((SchemaDefinition.Column column, MemberInfo member) in _columns)
        {
            CheckType(column, member);
            builder.AddColumn(column.ColumnName, column.ColumnType, column.Annotations);
        }
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    /// <param name="column">The column to read.</param>
    /// <param name="current">Where the current object is found.</param>
    public Delegate MakeGetter(DataViewSchema.Column column, Func<TRow> current)
    {
        MemberInfo member = _columns[column.Index].Member;
        Type type = member.ValueType();
        Type rawItemType = column.Type.GetItemType().RawType;
        return GenericCall.Invoke<Delegate>(
            MemberColumnType.IsVector(type) ? MakeVectorGetter<int, int, int> : MakeScalarGetter<int, int, int>,
            [type, MemberColumnType.ItemTypeOf(type), rawItemType],
            member,
            current,
            column.Type);
    }

    private static MemberInfo MemberOf(SchemaDefinition.Column column)
        => SchemaDefinition.MembersOf(typeof(TRow), SchemaDefinition.Direction.Read).FirstOrDefault(m => m.Name == column.MemberName)
            ?? throw Contracts.ExceptParam("userSchemaDefinition", $"No field or property with name '{column.MemberName}' found in type '{typeof(TRow)}'");

    private static void CheckType(SchemaDefinition.Column column, MemberInfo member)
    {
        Type type = MemberColumnType.ItemTypeOf(member.ValueType());
        Type expected = column.ColumnType.GetItemType().RawType;
        bool isText = type == typeof(string) && expected == typeof(ReadOnlyMemory<char>);
        Contracts.CheckParam(
            type == expected || isText,
            "userSchemaDefinition",
            $"Column '{column.ColumnName}' is supposed to have item type {expected}, but associated field has type {type}");
    }

    private static ValueGetter<TRaw> MakeScalarGetter<TMember, TItem, TRaw>(
        MemberInfo member, Func<TRow> current, DataViewType type)
    {
        Func<TRow, TMember> read = MemberAccess.Reader<TRow, TMember>(member);
        Func<TMember, TRaw> convert = ItemConversion.MakeForText<TMember, TRaw>() ?? ItemConversion.MakeForKeys<TMember, TRaw>(type);
        return convert == null
            ? (ValueGetter<TRaw>)(object)(ValueGetter<TMember>)((ref TMember value) => value = read(current()))
            : (ref TRaw value) => value = convert(read(current()));
    }

    private static ValueGetter<VBuffer<TRaw>> MakeVectorGetter<TMember, TItem, TRaw>(
        MemberInfo member, Func<TRow> current, DataViewType type)
    {
        Func<TItem, TRaw> convert = ItemConversion.MakeForText<TItem, TRaw>();
        if (typeof(TMember) == typeof(VBuffer<TItem>))
        {
            Func<TRow, VBuffer<TRaw>> readBuffer = MemberAccess.Reader<TRow, VBuffer<TRaw>>(member);
            return (ref VBuffer<TRaw> value) => readBuffer(current()).CopyTo(ref value);
        }

        Func<TRow, TItem[]> read = MemberAccess.Reader<TRow, TItem[]>(member);
        return (ref VBuffer<TRaw> value) =>
        {
            TItem[] items = read(current()) ?? [];
            VBufferEditor<TRaw> editor = VBufferEditor.Create(ref value, items.Length);
            if (convert == null)
                ((TRaw[])(object)items).CopyTo(editor.Values);
            for (int i = 0; convert != null && i < items.Length; i++)
                editor.Values[i] = convert(items[i]);
            value = editor.Commit();
        };
    }
}
