namespace MLExtensions.Trainers.Models;

/// <summary>The annotations by which ML.NET's tools know the columns of a model.</summary>
internal static class ScoreAnnotations
{
    // The largest count that a key over UInt32 shares with Int32, as ML.NET declares this annotation.
    private static readonly KeyDataViewType s_setIdType = new(typeof(uint), int.MaxValue);

    /// <summary>The annotations that every score column carries, as a shape.</summary>
    public static IEnumerable<SchemaShape.Column> Shape(bool isNormalized = false)
    {
        yield return ShapeColumns.Key(AnnotationNames.ScoreColumnSetId);
        yield return ShapeColumns.Scalar(AnnotationNames.ScoreColumnKind, TextDataViewType.Instance);
        yield return ShapeColumns.Scalar(AnnotationNames.ScoreValueKind, TextDataViewType.Instance);
        if (isNormalized)
            yield return ShapeColumns.Scalar(AnnotationNames.IsNormalized, BooleanDataViewType.Instance);
    }

    /// <summary>Starts the annotations of one score column.</summary>
    /// <param name="setId">The number that the columns of one model share; see <see cref="NextSetId"/>.</param>
    /// <param name="kind">The task, such as <c>BinaryClassification</c>.</param>
    /// <param name="valueKind">What the column holds, such as <c>Probability</c>.</param>
    /// <param name="isNormalized">Whether the values lie between 0 and 1.</param>
    public static DataViewSchema.Annotations.Builder Builder(uint setId, string kind, string valueKind, bool isNormalized = false)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(AnnotationNames.ScoreColumnSetId, s_setIdType, (ref uint value) => value = setId);
        builder.AddPrimitiveValue(AnnotationNames.ScoreColumnKind, TextDataViewType.Instance, kind.AsMemory());
        builder.AddPrimitiveValue(AnnotationNames.ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
        if (isNormalized)
            builder.AddPrimitiveValue(AnnotationNames.IsNormalized, BooleanDataViewType.Instance, true);
        return builder;
    }

    /// <summary>One more than the highest number among the score columns of a schema.</summary>
    public static uint NextSetId(DataViewSchema schema)
    {
        uint highest = 0;
        foreach (var column in schema)
        {
            var annotation = column.Annotations.Schema.GetColumnOrNull(AnnotationNames.ScoreColumnSetId);
            if (annotation is not { Type: KeyDataViewType { RawType: var raw } } || raw != typeof(uint))
                continue;
            uint id = 0;
            column.Annotations.GetValue(AnnotationNames.ScoreColumnSetId, ref id);
            highest = Math.Max(highest, id);
        }
        return highest + 1;
    }
}
