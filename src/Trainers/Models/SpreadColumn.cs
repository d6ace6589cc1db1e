namespace MLExtensions.Trainers.Models;

/// <summary>The column of standard deviations, which stands behind that of scores and is of its type.</summary>
internal static class SpreadColumn
{
    private const string Name = "ScoreStandardDeviation";

    /// <summary>Columns of a shape with it.</summary>
    /// <param name="columns">The columns; the scores are the first.</param>
    public static IEnumerable<SchemaShape.Column> Add(IEnumerable<SchemaShape.Column> columns)
    {
        foreach (var (index, column) in columns.Index())
        {
            yield return column;
            if (index == 0)
                yield return ShapeColumns.Copy(column, Name, [.. ScoreAnnotations.Shape(), .. column.Annotations.Where(annotation => annotation.Name == AnnotationNames.SlotNames)]);
        }
    }

    /// <summary>Columns of a model with it.</summary>
    /// <param name="columns">The columns; the scores are the first.</param>
    /// <param name="setId">The number that they share.</param>
    public static IEnumerable<PredictionColumn> Add(IEnumerable<PredictionColumn> columns, uint setId)
    {
        foreach (var (index, column) in columns.Index())
        {
            yield return column;
            if (index == 0)
                yield return Of(column.Column, setId);
        }
    }

    private static ScoreColumn Of(DataViewSchema.DetachedColumn scores, uint setId)
    {
        ReadOnlyMemory<char> kind = default;
        scores.Annotations.GetValue(AnnotationNames.ScoreColumnKind, ref kind);
        var annotations = ScoreAnnotations.Builder(setId, $"{kind}", Name);
        annotations.Add(scores.Annotations, name => name == AnnotationNames.SlotNames);
        return new(new(Name, scores.Type, annotations.ToAnnotations()), scores.Type is VectorDataViewType
            ? scorer => VectorScores.Getter(() => scorer.Deviations)
            : scorer => (ValueGetter<float>)((ref float value) => value = scorer.Deviations[0]))
        {
            IsOfMembers = true,
        };
    }
}
