namespace MLExtensions.Trainers.Tasks.Multilabel;

/// <summary>
/// Several labels, each true or false: a vector label, a logit for each, columns <c>Score</c> (logits of true), <c>Probability</c> and
/// <c>PredictedLabel</c>, vectors with an item for each label.
/// </summary>
internal sealed class MultilabelTask(DeepMlpOptions options) : MlpTask<DeepMlpMultilabelModelParameters>(options, LossTasks.MultilabelClassification)
{
    private const string ExpectedLabel = "Vector<Boolean> or Vector<Single> (of 0 and 1) of known size";

    public override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabel, column =>
            column is { Kind: SchemaShape.Column.VectorKind.Vector, IsKey: false }
            && (column.ItemType.Equals(BooleanDataViewType.Instance) || column.ItemType.Equals(NumberDataViewType.Single)), ColumnAdvice.ManyLabels);

    public override LabelColumn FindLabel(DataViewSchema schema)
    {
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabel, type =>
            type is VectorDataViewType { IsKnownSize: true } vector
            && (vector.ItemType.Equals(BooleanDataViewType.Instance) || vector.ItemType.Equals(NumberDataViewType.Single)), ColumnAdvice.ManyLabels);
        var type = (VectorDataViewType)column.Type;
        return type.ItemType.Equals(BooleanDataViewType.Instance)
            ? new LabelColumn(column, type.Size, "true or false", row => LabelReaders.Booleans(row, column))
            : new LabelColumn(column, type.Size, "0 or 1", row => LabelReaders.Vector(row, column)) { Accepts = value => value is 0 or 1, MayMiss = Options.MissingLabels == MissingLabels.Mask };
    }

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label) => Shape(label);

    public override ReadRows Continue(ReadRows rows, DeepMlpMultilabelModelParameters previous)
    {
        var names = LabelValues.ReadSlotNames(rows.Label.Column);
        return names is null || previous.Labels is null || names.Texts.SequenceEqual(previous.Labels.Texts)
            ? rows
            : throw new InvalidOperationException($"Label column '{rows.Label.Column.Name}' has the slots {names.Describe()}, and the model to start from knows {previous.Labels.Describe()}: expected the same ones in the same order.");
    }

    public override EnsembleMean Mean => EnsembleMean.Logits;

    public override TaskSetup<DeepMlpMultilabelModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        var labels = LabelValues.ReadSlotNames(label.Column);
        var loss = LabelWeighting.Apply(Options.Loss ?? Loss.CrossEntropy, data, split.Training, Options, Options.LabelColumnName).For(data);
        return new(data, data.TargetCount, new MultilabelEvaluator(loss, data, data.Weights),
            (network, weights, temperature) => new DeepMlpMultilabelModelParameters(network, weights, labels, temperature));
    }

    private const string ScoreKind = "MultilabelClassification";

    private static IEnumerable<SchemaShape.Column> Shape(SchemaShape.Column label)
    {
        var names = label.Annotations.Where(annotation => annotation.Name == AnnotationNames.SlotNames && annotation.ItemType is TextDataViewType).ToArray();
        return
        [
            ShapeColumns.Vector("Score", NumberDataViewType.Single, [.. ScoreAnnotations.Shape(), .. names]),
            ShapeColumns.Vector("Probability", NumberDataViewType.Single, [.. ScoreAnnotations.Shape(isNormalized: true), .. names]),
            ShapeColumns.Vector("PredictedLabel", BooleanDataViewType.Instance, [.. ScoreAnnotations.Shape(), .. names]),
        ];
    }

    /// <summary>The model of a network from PyTorch.</summary>
    internal static DeepMlpMultilabelModelParameters Import(ImportedSequential imported) =>
        new(imported.Read.Network, imported.Read.Weights, imported.Classes(imported.Outputs));

    internal static IReadOnlyList<PredictionColumn> Columns(uint setId, int labels, LabelValues? names)
    {
        return
        [
            new ScoreColumn(Column("Score", NumberDataViewType.Single), VectorScores.Getter) { WriteOnnx = scores => scores.Scores },
            new ScoreColumn(Column("Probability", NumberDataViewType.Single, isNormalized: true), scorer => Getter(scorer, DeepMlpBinaryModelParameters.ProbabilityOf)) { WriteOnnx = scores => scores.Probabilities() },
            new ScoreColumn(Column("PredictedLabel", BooleanDataViewType.Instance), scorer => Getter(scorer, logit => logit > 0)) { WriteOnnx = scores => scores.ArePositive() },
        ];

        DataViewSchema.DetachedColumn Column(string name, PrimitiveDataViewType type, bool isNormalized = false)
        {
            var annotations = ScoreAnnotations.Builder(setId, ScoreKind, name, isNormalized);
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
