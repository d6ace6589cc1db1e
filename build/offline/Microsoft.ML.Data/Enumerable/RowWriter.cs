using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Fills the members of an object from the columns of a row.</summary>
internal sealed class RowWriter<TRow>
    where TRow : class
{
    private readonly (DataViewSchema.Column Column, MemberInfo Member)[] _members;

    /// <param name="schema">Where the columns are.</param>
    /// <param name="ignoreMissingColumns">Whether members without a column are left alone; otherwise they are an error.</param>
    /// <param name="definition">Which member takes which column; by default, all as their attributes say.</param>
    public RowWriter(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        definition ??= SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Write);
        var members = new List<(DataViewSchema.Column, MemberInfo)>();
        foreach (SchemaDefinition.Column wanted in definition)
        {
            DataViewSchema.Column? column = schema.GetColumnOrNull(wanted.ColumnName);
            if (column == null && ignoreMissingColumns)
                continue;
            if (column == null)
                throw Contracts.ExceptParam("Schema", $"Could not find  column '{wanted.ColumnName}'");
            members.Add((column.Value, FindMember(wanted, column.Value)));
        }
        _members = [.. members];
    }

    public IEnumerable<DataViewSchema.Column> Columns => _members.Select(m => m.Column);

    public Action<TRow>[] Bind(DataViewRow row)
        => _members
            .Select(m => GenericCall.Invoke<Action<TRow>>(MakeWriter<int>, [m.Member.ValueType()], row, m.Column, m.Member))
            .ToArray();

    private static MemberInfo FindMember(SchemaDefinition.Column wanted, DataViewSchema.Column column)
    {
        MemberInfo member = SchemaDefinition.MembersOf(typeof(TRow), SchemaDefinition.Direction.Write)
            .First(m => m.Name == wanted.MemberName);
        if (!ColumnReader.CanRead(column.Type, member.ValueType()))
        {
            throw Contracts.Except(
                $"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' "
                + $"to field or property '{member.Name}' of type '{member.ValueType()}'.");
        }
        return member;
    }

    /// <summary>Arrays that the target holds already are filled again if they have the right length.</summary>
    private static Action<TRow> MakeWriter<TMember>(DataViewRow row, DataViewSchema.Column column, MemberInfo member)
    {
        Action<TRow, TMember> write = MemberAccess.Writer<TRow, TMember>(member);
        Func<TMember, TMember> read = ColumnReader.MakeReusing<TMember>(row, column);
        if (!MemberColumnType.IsVector(typeof(TMember)) || member is PropertyInfo { CanRead: false })
            return target => write(target, read(default));
        Func<TRow, TMember> peek = MemberAccess.Reader<TRow, TMember>(member);
        return target => write(target, read(peek(target)));
    }
}
