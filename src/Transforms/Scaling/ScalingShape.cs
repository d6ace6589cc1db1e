using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>What a scaler makes of the shape of a schema.</summary>
internal static class ScalingShape
{
    /// <summary>The shape with the scaled columns added, or in place of columns of the same names.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    public static SchemaShape OutputOf(SchemaShape inputSchema, IEnumerable<InputOutputColumnPair> columns)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);

        var output = inputSchema.ToDictionary(column => column.Name);
        foreach (var pair in columns)
        {
            var input = SchemaChecks.Require(inputSchema, "input", pair.InputColumnName, ScalableTypes.Expected, ScalableTypes.Accepts);
            output[pair.OutputColumnName] = ShapeColumns.Copy(input, pair.OutputColumnName, AnnotationsOf(input));
        }
        return new SchemaShape(output.Values);
    }

    private static SchemaShape.Column[] AnnotationsOf(SchemaShape.Column input)
    {
        var slotNames = input.Annotations.Where(annotation => annotation.Name == AnnotationNames.SlotNames
            && input.Kind == SchemaShape.Column.VectorKind.Vector
            && annotation.Kind == SchemaShape.Column.VectorKind.Vector
            && annotation.ItemType == TextDataViewType.Instance);
        return [.. slotNames, ShapeColumns.Scalar(AnnotationNames.IsNormalized, BooleanDataViewType.Instance)];
    }
}
