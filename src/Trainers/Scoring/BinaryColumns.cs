using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline;

namespace MLExtensions.Trainers.Scoring;

/// <summary>The columns of a binary model: <c>Score</c> (the logit of true), <c>Probability</c> and <c>PredictedLabel</c>.</summary>
internal static class BinaryColumns
{
    private const string Kind = "BinaryClassification";

    public static IEnumerable<SchemaShape.Column> Shape() =>
    [
        ShapeColumns.Scalar("Score", NumberDataViewType.Single, [.. ScoreAnnotations.Shape()]),
        ShapeColumns.Scalar("Probability", NumberDataViewType.Single, [.. ScoreAnnotations.Shape(isNormalized: true)]),
        ShapeColumns.Scalar("PredictedLabel", BooleanDataViewType.Instance, [.. ScoreAnnotations.Shape()]),
    ];

    public static IReadOnlyList<PredictionColumn> Create(uint setId) =>
    [
        new(Column("Score", NumberDataViewType.Single, setId), Score),
        new(Column("Probability", NumberDataViewType.Single, setId, isNormalized: true), Probability),
        new(Column("PredictedLabel", BooleanDataViewType.Instance, setId), PredictedLabel),
    ];

    private static DataViewSchema.DetachedColumn Column(string name, DataViewType type, uint setId, bool isNormalized = false) =>
        new(name, type, ScoreAnnotations.Builder(setId, Kind, name, isNormalized).ToAnnotations());

    private static ValueGetter<float> Score(RowScorer scorer) => (ref float value) => value = scorer.Scores[0];

    private static ValueGetter<float> Probability(RowScorer scorer) =>
        (ref float value) => value = DeepMlpBinaryModelParameters.ProbabilityOf(scorer.Scores[0]);

    private static ValueGetter<bool> PredictedLabel(RowScorer scorer) => (ref bool value) => value = scorer.Scores[0] > 0;
}
