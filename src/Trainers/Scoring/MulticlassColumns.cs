using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Labels;

namespace MLExtensions.Trainers.Scoring;

/// <summary>The columns of a multiclass model: <c>Score</c> (the probabilities of the classes) and <c>PredictedLabel</c> (a key).</summary>
internal static class MulticlassColumns
{
    private const string Kind = "MulticlassClassification";

    public static IEnumerable<SchemaShape.Column> Shape(SchemaShape.Column label)
    {
        var keyValues = label.Annotations.Where(annotation => annotation.Name == AnnotationNames.KeyValues && LabelValues.CanRead(annotation)).ToArray();
        var names = keyValues.Length == 0 ? [] : new[]
        {
            ShapeColumns.Vector(AnnotationNames.SlotNames, TextDataViewType.Instance),
            ShapeColumns.Copy(keyValues[0], AnnotationNames.TrainingLabelValues),
        };
        return
        [
            ShapeColumns.Vector("Score", NumberDataViewType.Single, [.. ScoreAnnotations.Shape(), .. names]),
            ShapeColumns.Key("PredictedLabel", [.. ScoreAnnotations.Shape(), .. keyValues]),
        ];
    }

    public static IReadOnlyList<PredictionColumn> Create(uint setId, int classes, LabelValues? labels)
    {
        var score = ScoreAnnotations.Builder(setId, Kind, "Score");
        var predicted = ScoreAnnotations.Builder(setId, Kind, "PredictedLabel");
        if (labels is not null)
        {
            labels.AddSlotNames(score);
            labels.AddKeyValues(score, AnnotationNames.TrainingLabelValues);
            labels.AddKeyValues(predicted, AnnotationNames.KeyValues);
        }
        return
        [
            new(new("Score", new VectorDataViewType(NumberDataViewType.Single, classes), score.ToAnnotations()), VectorScores.Getter),
            new(new("PredictedLabel", new KeyDataViewType(typeof(uint), classes), predicted.ToAnnotations()), PredictedLabel),
        ];
    }

    /// <summary>The key of the likeliest class, counted from 1; the first of equally likely ones.</summary>
    private static ValueGetter<uint> PredictedLabel(RowScorer scorer) => (ref uint value) =>
    {
        var scores = scorer.Scores;
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }
        value = (uint)best + 1;
    };
}
