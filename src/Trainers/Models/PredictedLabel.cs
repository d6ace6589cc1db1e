namespace MLExtensions.Trainers.Models;

/// <summary>The column of predicted labels of a classification, of the label's own type.</summary>
internal static class PredictedLabel
{
    /// <summary>The shape of a column of predicted labels, of the label's own type.</summary>
    public static SchemaShape.Column Shape(SchemaShape.Column label)
    {
        if (!label.IsKey)
            return ShapeColumns.Scalar("PredictedLabel", label.ItemType, [.. ScoreAnnotations.Shape()]);
        var keyValues = label.Annotations.Where(annotation => annotation.Name == AnnotationNames.KeyValues && LabelValues.CanRead(annotation));
        return ShapeColumns.Key("PredictedLabel", [.. ScoreAnnotations.Shape(), .. keyValues]);
    }

    /// <summary>The column of predicted labels, of the label's own type.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="annotations">Its annotations, to which the values of keys are added.</param>
    /// <param name="classOf">The class of a row.</param>
    /// <param name="writeClass">Writes the class of each row into a graph.</param>
    public static PredictionColumn Of(ClassLabels classes, DataViewSchema.Annotations.Builder annotations, Func<RowScorer, int> classOf, Func<OnnxScores, string> writeClass)
    {
        if (classes is { IsKey: false, Values: { } values })
        {
            var type = values.LabelType;
            return new ScoreColumn(new("PredictedLabel", type.ItemType, annotations.ToAnnotations()), scorer => type.Getter(values.Texts, () => classOf(scorer))) { WriteOnnx = Write };
        }

        // Without values the keys are all that tells classes apart, so they are those of the label.
        classes.Values?.AddKeyValues(annotations, AnnotationNames.KeyValues);
        Func<int, uint> keyOf = classes is { Values: null, IsReversed: true } ? index => (uint)(classes.Count - index) : index => (uint)index + 1;
        return new ScoreColumn(new("PredictedLabel", new KeyDataViewType(typeof(uint), classes.Count), annotations.ToAnnotations()),
            scorer => (ValueGetter<uint>)((ref uint key) => key = keyOf(classOf(scorer))))
        { WriteOnnx = Write };

        string Write(OnnxScores scores) => OnnxLabels.Write(scores.Graph, classes, writeClass(scores));
    }
}
