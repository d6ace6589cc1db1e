namespace MLExtensions.Trainers.Tasks.Binary;

/// <summary>
/// Two classes: a label that is true or false, one logit, columns <c>Score</c> (the logit of true), <c>Probability</c> and <c>PredictedLabel</c>.
/// </summary>
internal sealed class BinaryTask(DeepMlpOptions options) : MlpTask<DeepMlpBinaryModelParameters>(options, LossTasks.BinaryClassification)
{
    private const string ExpectedLabel = "Boolean, Single (0 or 1) or a key with two values";

    public override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabel, column =>
            column.Kind == SchemaShape.Column.VectorKind.Scalar
            && (column.IsKey || column.ItemType.Equals(BooleanDataViewType.Instance) || column.ItemType.Equals(NumberDataViewType.Single)));

    public override LabelColumn FindLabel(DataViewSchema schema)
    {
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabel,
            type => type is BooleanDataViewType or KeyDataViewType { Count: 2 } || type.Equals(NumberDataViewType.Single));
        return column.Type switch
        {
            BooleanDataViewType => new LabelColumn(column, 1, "true or false", row => LabelReaders.Boolean(row, column)),
            KeyDataViewType => new LabelColumn(column, 1, "a key that is not missing", row => LabelReaders.Key(row, column)),
            _ => new LabelColumn(column, 1, "0 or 1", row => LabelReaders.Single(row, column)) { Accepts = value => value is 0 or 1 },
        };
    }

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label) => Shape();

    public override int[] ClassesOf(DataBlock data) => data.ClassIndices();

    public override TaskSetup<DeepMlpBinaryModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        var weighted = ClassWeighting.Apply(data, split.Training, classes: 2, Options, Options.LabelColumnName);
        return new(weighted, Outputs: 1, new BinaryEvaluator(Options.Loss ?? Loss.CrossEntropy, weighted, data.Weights),
            (network, weights, temperature) => new DeepMlpBinaryModelParameters(network, weights, temperature));
    }

    private const string ScoreKind = "BinaryClassification";

    private static IEnumerable<SchemaShape.Column> Shape() =>
    [
        ShapeColumns.Scalar("Score", NumberDataViewType.Single, [.. ScoreAnnotations.Shape()]),
        ShapeColumns.Scalar("Probability", NumberDataViewType.Single, [.. ScoreAnnotations.Shape(isNormalized: true)]),
        ShapeColumns.Scalar("PredictedLabel", BooleanDataViewType.Instance, [.. ScoreAnnotations.Shape()]),
    ];

    internal static IReadOnlyList<PredictionColumn> Columns(uint setId) =>
    [
        new(Column("Score", NumberDataViewType.Single, setId), Score),
        new(Column("Probability", NumberDataViewType.Single, setId, isNormalized: true), Probability),
        new(Column("PredictedLabel", BooleanDataViewType.Instance, setId), PredictedLabel),
    ];

    private static DataViewSchema.DetachedColumn Column(string name, DataViewType type, uint setId, bool isNormalized = false) =>
        new(name, type, ScoreAnnotations.Builder(setId, ScoreKind, name, isNormalized).ToAnnotations());

    private static ValueGetter<float> Score(RowScorer scorer) => (ref float value) => value = scorer.Scores[0];

    private static ValueGetter<float> Probability(RowScorer scorer) =>
        (ref float value) => value = DeepMlpBinaryModelParameters.ProbabilityOf(scorer.Scores[0]);

    private static ValueGetter<bool> PredictedLabel(RowScorer scorer) => (ref bool value) => value = scorer.Scores[0] > 0;
}
