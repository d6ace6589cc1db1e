using Microsoft.ML.Runtime;

namespace Microsoft.ML;

internal static class ActiveColumns
{
    public static bool[] Flags(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        var active = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded.Where(c => c.Index < active.Length))
            active[column.Index] = true;
        return active;
    }

    public static void Check(bool isActive)
        => Contracts.CheckParam(isActive, "column", "requested column not active");

    public static ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column)
        => getter as ValueGetter<TValue>
            ?? throw Contracts.Except(
                $"Invalid TValue in GetGetter for column #{column}: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
}
