using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Labels;

namespace MLExtensions.Trainers.Scoring;

/// <summary>The column of a regression model: <c>Score</c>, a number or a vector as the label was, or a vector of quantiles.</summary>
internal static class RegressionColumns
{
    public static IEnumerable<SchemaShape.Column> Shape(SchemaShape.Column label, IReadOnlyList<float>? quantiles) => quantiles?.Count > 1
        ? [ShapeColumns.Vector("Score", NumberDataViewType.Single,
            [.. ScoreAnnotations.Shape(), ShapeColumns.Vector(AnnotationNames.SlotNames, TextDataViewType.Instance)])]
        : [ShapeColumns.Copy(label, "Score", [.. ScoreAnnotations.Shape()])];

    public static IReadOnlyList<PredictionColumn> Create(uint setId, int outputs, bool isVector, IReadOnlyList<float>? quantiles)
    {
        string kind = quantiles is not null ? "QuantileRegression" : isVector ? "MultiOutputRegression" : "Regression";
        var annotations = ScoreAnnotations.Builder(setId, kind, "Score");
        if (!isVector)
            return [new(new("Score", NumberDataViewType.Single, annotations.ToAnnotations()), Score)];

        if (quantiles is not null)
            LabelValues.OfTexts([.. quantiles.Select(QuantileLoss.NameOf)]).AddSlotNames(annotations);
        return [new(new("Score", new VectorDataViewType(NumberDataViewType.Single, outputs), annotations.ToAnnotations()), VectorScores.Getter)];
    }

    private static ValueGetter<float> Score(RowScorer scorer) => (ref float value) => value = scorer.Scores[0];
}
