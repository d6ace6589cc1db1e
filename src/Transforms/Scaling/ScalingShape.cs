namespace MLExtensions.Transforms.Scaling;

/// <summary>What a scaler makes of the shape of a schema.</summary>
internal static class ScalingShape
{
    /// <summary>The shape with the scaled columns added, or in place of columns of the same names.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    public static SchemaShape OutputOf(SchemaShape inputSchema, IEnumerable<InputOutputColumnPair> columns) =>
        OutputOf(inputSchema, columns, ScalableTypes.Expected, ScalableTypes.Accepts, keepsSlots: true);

    /// <summary>The same, of a scaler that accepts some types only, or whose results are not the slots of its input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    public static SchemaShape OutputOf(SchemaShape inputSchema, IEnumerable<InputOutputColumnPair> columns,
        string expected, Func<SchemaShape.Column, bool> accepts, bool keepsSlots)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);

        var output = inputSchema.ToDictionary(column => column.Name);
        foreach (var pair in columns)
        {
            var input = SchemaChecks.Require(inputSchema, "input", pair.InputColumnName, expected, accepts, ScalingAdvice.Of);
            output[pair.OutputColumnName] = ShapeColumns.Copy(input, pair.OutputColumnName, AnnotationsOf(input, keepsSlots));
        }
        return new SchemaShape(output.Values);
    }

    private static SchemaShape.Column[] AnnotationsOf(SchemaShape.Column input, bool keepsSlots)
    {
        var slotNames = input.Annotations.Where(annotation => annotation.Name == AnnotationNames.SlotNames
            && input.Kind == SchemaShape.Column.VectorKind.Vector
            && annotation.Kind == SchemaShape.Column.VectorKind.Vector
            && annotation.ItemType == TextDataViewType.Instance);
        var namesOfOutput = keepsSlots ? slotNames : [ShapeColumns.Vector(AnnotationNames.SlotNames, TextDataViewType.Instance)];
        return [.. namesOfOutput, ShapeColumns.Scalar(AnnotationNames.IsNormalized, BooleanDataViewType.Instance)];
    }
}
