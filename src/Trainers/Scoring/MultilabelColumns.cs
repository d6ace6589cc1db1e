using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Labels;

namespace MLExtensions.Trainers.Scoring;

/// <summary>
/// The columns of a multilabel model, vectors with an item for each label: <c>Score</c> (logits of true), <c>Probability</c> and
/// <c>PredictedLabel</c>.
/// </summary>
internal static class MultilabelColumns
{
    private const string Kind = "MultilabelClassification";

    public static IEnumerable<SchemaShape.Column> Shape(SchemaShape.Column label)
    {
        var names = label.Annotations.Where(annotation => annotation.Name == AnnotationNames.SlotNames && annotation.ItemType is TextDataViewType).ToArray();
        return
        [
            ShapeColumns.Vector("Score", NumberDataViewType.Single, [.. ScoreAnnotations.Shape(), .. names]),
            ShapeColumns.Vector("Probability", NumberDataViewType.Single, [.. ScoreAnnotations.Shape(isNormalized: true), .. names]),
            ShapeColumns.Vector("PredictedLabel", BooleanDataViewType.Instance, [.. ScoreAnnotations.Shape(), .. names]),
        ];
    }

    public static IReadOnlyList<PredictionColumn> Create(uint setId, int labels, LabelValues? names)
    {
        return
        [
            new(Column("Score", NumberDataViewType.Single), VectorScores.Getter),
            new(Column("Probability", NumberDataViewType.Single, isNormalized: true), scorer => Getter(scorer, DeepMlpBinaryModelParameters.ProbabilityOf)),
            new(Column("PredictedLabel", BooleanDataViewType.Instance), scorer => Getter(scorer, logit => logit > 0)),
        ];

        DataViewSchema.DetachedColumn Column(string name, PrimitiveDataViewType type, bool isNormalized = false)
        {
            var annotations = ScoreAnnotations.Builder(setId, Kind, name, isNormalized);
            names?.AddSlotNames(annotations);
            return new(name, new VectorDataViewType(type, labels), annotations.ToAnnotations());
        }
    }

    private static ValueGetter<VBuffer<T>> Getter<T>(RowScorer scorer, Func<float, T> convert) => (ref VBuffer<T> value) =>
    {
        var scores = scorer.Scores;
        var editor = VBufferEditor.Create(ref value, scores.Length);
        for (int i = 0; i < scores.Length; i++)
            editor.Values[i] = convert(scores[i]);
        value = editor.Commit();
    };
}
