using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline;

namespace MLExtensions.Trainers.Scoring;

/// <summary>The column of a regression model: <c>Score</c>, a number or a vector as the label was.</summary>
internal static class RegressionColumns
{
    public static IEnumerable<SchemaShape.Column> Shape(SchemaShape.Column label) =>
        [ShapeColumns.Copy(label, "Score", [.. ScoreAnnotations.Shape()])];

    public static IReadOnlyList<PredictionColumn> Create(uint setId, int outputs, bool isVector)
    {
        var annotations = ScoreAnnotations.Builder(setId, isVector ? "MultiOutputRegression" : "Regression", "Score").ToAnnotations();
        return isVector
            ? [new(new("Score", new VectorDataViewType(NumberDataViewType.Single, outputs), annotations), VectorScores.Getter)]
            : [new(new("Score", NumberDataViewType.Single, annotations), Score)];
    }

    private static ValueGetter<float> Score(RowScorer scorer) => (ref float value) => value = scorer.Scores[0];
}
