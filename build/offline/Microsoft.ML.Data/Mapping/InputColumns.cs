using Microsoft.ML.Runtime;

namespace Microsoft.ML;

internal static class InputColumns
{
    public static DataViewSchema.Column FindInput(this DataViewSchema schema, string name)
        => schema.GetColumnOrNull(name) ?? throw Missing(name);

    public static SchemaShape.Column FindInput(this SchemaShape shape, string name)
        => shape.TryFindColumn(name, out SchemaShape.Column column) ? column : throw Missing(name);

    /// <summary>The shape with some columns replaced or added.</summary>
    public static SchemaShape With(this SchemaShape shape, IEnumerable<SchemaShape.Column> outputs)
    {
        var columns = shape.ToList();
        foreach (SchemaShape.Column output in outputs)
        {
            int at = columns.FindIndex(c => c.Name == output.Name);
            if (at >= 0)
                columns[at] = output;
            else
                columns.Add(output);
        }
        return new SchemaShape(columns);
    }

    private static ArgumentOutOfRangeException Missing(string name)
        => Contracts.ExceptParam("inputSchema", $"Could not find input column '{name}'");
}
