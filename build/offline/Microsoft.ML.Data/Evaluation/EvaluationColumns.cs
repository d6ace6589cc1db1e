using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The checks that evaluators make before they read any data.</summary>
internal static class EvaluationColumns
{
    public static DataViewSchema.Column Find(IDataView data, string name, string role)
        => data.Schema.GetColumnOrNull(name)
            ?? throw Contracts.ExceptParam("schema", $"{name} column '{role}' not found");

    public static void CheckType(DataViewSchema.Column column, string role, bool isGood, string expected)
    {
        if (!isGood)
            throw Contracts.ExceptSchemaMismatch("schema", role, column.Name, expected, column.Type.ToString());
    }

    public static void CheckSingle(DataViewSchema.Column column, string role)
        => CheckType(column, role, column.Type.Equals(NumberDataViewType.Single), "Single");
}
