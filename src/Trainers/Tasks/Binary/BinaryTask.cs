namespace MLExtensions.Trainers.Tasks.Binary;

/// <summary>
/// Two classes: a label of two values, one logit, columns <c>Score</c> (the logit of the positive class), <c>Probability</c> and <c>PredictedLabel</c>.
/// </summary>
internal sealed class BinaryTask(DeepMlpOptions options) : MlpTask<DeepMlpBinaryModelParameters>(options, LossTasks.BinaryClassification)
{
    private const string ExpectedLabel = $"{LabelType.InWords}, or a key, of two values";

    public override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabel, column =>
            column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: true } || LabelType.Fits(column), ColumnAdvice.ClassLabel);

    public override LabelColumn FindLabel(DataViewSchema schema)
    {
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabel,
            type => type is KeyDataViewType { Count: 2 } || LabelType.Find(type) is not null, ColumnAdvice.ClassLabel);
        if (LabelType.Find(column.Type) is not { } type)
            return new LabelColumn(column, 1, "a key that is not missing", row => LabelReaders.Key(row, column));

        var index = column.Type is BooleanDataViewType ? type.IndexOf(["False", "True"]) : type.NewIndex(limit: 2);
        return new LabelColumn(column, 1, "one of two values", row => index.CreateReader(row, column)) { Index = index };
    }

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        yield return ShapeColumns.Scalar("Score", NumberDataViewType.Single, [.. ScoreAnnotations.Shape()]);
        yield return ShapeColumns.Scalar("Probability", NumberDataViewType.Single, [.. ScoreAnnotations.Shape(isNormalized: true)]);
        yield return PredictedLabel.Shape(label);
        if (!label.IsKey && !IsReadByType(label.ItemType))
            yield return ShapeColumns.Scalar(label.Name, NumberDataViewType.Single);
    }

    public override ReadRows Learn(ReadRows rows)
    {
        var data = rows.Data;
        double[] weights = new double[Math.Max(2, rows.Label.Index?.Count ?? 2)];
        for (int row = 0; row < rows.TrainingRows; row++)
            weights[(int)data.Targets[row]] += data.Weights?[row] ?? 1;

        var (classes, positive) = PositiveClass.Choose(rows.Label, weights, Options.PositiveLabel);
        foreach (ref float target in data.Targets.AsSpan())
            target = target == positive ? 1 : 0;
        return rows with { Label = rows.Label with { Classes = classes } };
    }

    public override ReadRows Continue(ReadRows rows, DeepMlpBinaryModelParameters previous) =>
        rows with { Label = KnownClasses.Apply(rows.Label, rows.Data.Targets, rows.Numbers, previous.Classes, Options.PositiveLabel) };

    public override RowClasses ClassesOf(DataBlock data) => data.ClassIndices();

    public override EnsembleMean Mean => EnsembleMean.Logits;

    public override TaskSetup<DeepMlpBinaryModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        var weighted = ClassWeighting.Apply(data, split.Training, classes: 2, Options, Options.LabelColumnName);
        return new(weighted, Outputs: 1, new BinaryEvaluator(Options.Loss ?? Loss.CrossEntropy, weighted, data.Weights),
            (network, weights, temperature) => new DeepMlpBinaryModelParameters(network, weights, label.Classes!, temperature));
    }

    /// <summary>The model of a network from PyTorch.</summary>
    internal static DeepMlpBinaryModelParameters Import(ImportedSequential imported)
    {
        if (imported.Outputs != 1)
            throw new FormatException($"it has {Plural.Of(imported.Outputs, "output")}: expected one logit, or a value for each of two classes");
        return new DeepMlpBinaryModelParameters(imported.Read.Network, imported.Read.Weights, imported.ClassLabels(2, ClassLabels.Boolean));
    }

    private const string ScoreKind = "BinaryClassification";

    internal static IEnumerable<PredictionColumn> Columns(uint setId, DataViewSchema schema, ClassLabels classes)
    {
        yield return new ScoreColumn(Column("Score", setId), Score) { WriteOnnx = scores => scores.Scores };
        yield return new ScoreColumn(Column("Probability", setId, isNormalized: true), Probability) { WriteOnnx = scores => scores.Probabilities() };
        yield return PredictedLabel.Of(classes, ScoreAnnotations.Builder(setId, ScoreKind, "PredictedLabel"), scorer => scorer.Scores[0] > 0 ? 1 : 0, scores => scores.SignClass());
        if (EvaluatedLabel.OfTwoClasses(schema, classes, values => IsReadByType(values.LabelType.ItemType) && values.ToNumbers() is [<= 0, > 0]) is { } evaluated)
            yield return evaluated;
    }

    // Whether numbers above 0 are those of the positive class shows only in the values.
    private static bool IsReadByType(DataViewType type) => type is BooleanDataViewType || type.RawType == typeof(float) || type.RawType == typeof(double);

    private static DataViewSchema.DetachedColumn Column(string name, uint setId, bool isNormalized = false) =>
        new(name, NumberDataViewType.Single, ScoreAnnotations.Builder(setId, ScoreKind, name, isNormalized).ToAnnotations());

    private static ValueGetter<float> Score(RowScorer scorer) => (ref float value) => value = scorer.Scores[0];

    private static ValueGetter<float> Probability(RowScorer scorer) =>
        (ref float value) => value = DeepMlpBinaryModelParameters.ProbabilityOf(scorer.Scores[0]);
}
