using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class TransformExtensionsCatalog
{
    public static ColumnCopyingEstimator CopyColumns(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName)
    {
        bool isGood = !string.IsNullOrEmpty(outputColumnName) && !string.IsNullOrEmpty(inputColumnName);
        Contracts.CheckParam(isGood, "columns", "columns cannot be null or empty");
        return new ColumnCopyingEstimator([new InputOutputColumnPair(outputColumnName, inputColumnName)]);
    }

    public static ColumnConcatenatingEstimator Concatenate(
        this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames)
        => new(outputColumnName, inputColumnNames);

    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames)
        => new(columnNames, drop: true, keepHidden: true);

    public static ColumnSelectingEstimator SelectColumns(
        this TransformsCatalog catalog, string[] columnNames, bool keepHidden)
        => new(columnNames, drop: false, keepHidden);

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, params string[] columnNames)
        => new(columnNames, drop: false, keepHidden: false);
}
