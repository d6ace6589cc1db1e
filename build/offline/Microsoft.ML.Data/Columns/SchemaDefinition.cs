using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How the members of a class correspond to the columns of a data view.</summary>
public sealed partial class SchemaDefinition : List<SchemaDefinition.Column>
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance;

    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    private SchemaDefinition()
    {
    }

    public Column this[string columnName]
    {
        get => Find(c => c.ColumnName == columnName);
        set
        {
            int index = FindIndex(c => c.ColumnName == columnName);
            if (index >= 0)
                this[index] = value;
            else
                Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        Contracts.CheckValue(userType, nameof(userType));
        var definition = new SchemaDefinition();
        foreach (MemberInfo member in MembersOf(userType, direction))
        {
            if (member.IsDefined(typeof(NoColumnAttribute)))
                continue;
            string name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            Contracts.CheckParam(
                definition.All(c => c.ColumnName != name),
                nameof(userType),
                $"Duplicate column name '{name}' detected, this is disallowed");
            definition.Add(new Column(member.Name, name, MemberColumnType.Of(member)));
        }
        return definition;
    }

    /// <summary>Fields come before properties.</summary>
    internal static IEnumerable<MemberInfo> MembersOf(Type type, Direction direction)
    {
        IEnumerable<MemberInfo> properties = type.GetProperties(Members)
            .Where(p => p.GetIndexParameters().Length == 0)
            .Where(p => !direction.HasFlag(Direction.Read) || p.GetMethod != null)
            .Where(p => direction != Direction.Write || p.SetMethod != null);
        return type.GetFields(Members).Concat(properties);
    }
}
