using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal static class SchemaDefinitions
{
    /// <summary>The columns of a class with the types and annotations that columns of the same names have in a schema.</summary>
    public static SchemaDefinition Matching(Type type, DataViewSchema schema)
    {
        SchemaDefinition definition = SchemaDefinition.Create(type, SchemaDefinition.Direction.Read);
        foreach (DataViewSchema.Column column in schema)
        {
            if (definition[column.Name] == null)
                throw Contracts.Except($"Type should contain a member named {column.Name}");
        }
        foreach (SchemaDefinition.Column column in definition)
        {
            if (schema.GetColumnOrNull(column.ColumnName) is not DataViewSchema.Column match)
                continue;
            column.ColumnType = match.Type;
            column.AddAnnotations(match.Annotations);
        }
        return definition;
    }
}
