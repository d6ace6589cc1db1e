namespace MLExtensions.Trainers.Tasks.Multiclass;

/// <summary>
/// Several classes: a label of keys or of other values, a logit for each class, columns <c>Score</c> (the probabilities of the classes) and <c>PredictedLabel</c>.
/// </summary>
internal sealed class MulticlassTask(DeepMlpOptions options) : MlpTask<DeepMlpMulticlassModelParameters>(options, LossTasks.MulticlassClassification)
{
    private const string ExpectedLabel = $"{LabelType.InWords}, or a key";

    public override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabel,
            column => column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: true } || LabelType.Fits(column), ColumnAdvice.ClassLabel);

    public override LabelColumn FindLabel(DataViewSchema schema)
    {
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabel,
            type => type is KeyDataViewType || LabelType.Find(type) is not null, ColumnAdvice.ClassLabel);
        if (LabelType.Find(column.Type) is { } type)
        {
            var index = type.NewIndex();
            return new LabelColumn(column, 1, "a value", row => index.CreateReader(row, column)) { Index = index };
        }
        return column.Type is KeyDataViewType { Count: <= LabelIndex.MaximumClasses }
            ? new LabelColumn(column, 1, "a key that is not missing", row => LabelReaders.Key(row, column))
            : throw SchemaChecks.Mismatch("label", column.Name, Invariant($"a key of at most {LabelIndex.MaximumClasses:N0} values, of which each is a unit of the network's last layer"),
                Invariant($"one of {((KeyDataViewType)column.Type).Count:N0}: it is an identifier, and no class"));
    }

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        var values = label.IsKey
            ? label.Annotations.Where(annotation => annotation.Name == AnnotationNames.KeyValues && LabelValues.CanRead(annotation)).Select(annotation => annotation.ItemType).ToArray()
            : [label.ItemType];
        var names = values.Length == 0 ? [] : new[]
        {
            ShapeColumns.Vector(AnnotationNames.SlotNames, TextDataViewType.Instance),
            ShapeColumns.Vector(AnnotationNames.TrainingLabelValues, values[0]),
        };
        yield return ShapeColumns.Vector("Score", NumberDataViewType.Single, [.. ScoreAnnotations.Shape(), .. names]);
        yield return PredictedLabel.Shape(label);
        if (!label.IsKey)
            yield return ShapeColumns.Key(label.Name, ShapeColumns.Vector(AnnotationNames.KeyValues, label.ItemType));
    }

    public override ReadRows Learn(ReadRows rows)
    {
        var label = rows.Label;
        if (label.Index is not { } index)
            return rows with { Label = label with { Classes = ClassLabels.OfKeys(label.Column) } };

        int[] codes = index.Sort();
        float[] classOf = new float[codes.Length];
        foreach (var (place, code) in codes.Index())
            classOf[code] = place;
        foreach (ref float target in rows.Data.Targets.AsSpan())
            target = classOf[(int)target];
        return rows with { Label = label with { Classes = new ClassLabels(index.Count, index.ValuesOf(codes), IsKey: false) { Column = label.Column.Name } } };
    }

    public override ReadRows Continue(ReadRows rows, DeepMlpMulticlassModelParameters previous) =>
        rows with { Label = KnownClasses.Apply(rows.Label, rows.Data.Targets, rows.Numbers, previous.Classes) };

    public override RowClasses ClassesOf(DataBlock data) => data.ClassIndices();

    public override EnsembleMean Mean => EnsembleMean.Classes;

    public override TaskSetup<DeepMlpMulticlassModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        int classes = label.Classes!.Count;
        var weighted = ClassWeighting.Apply(data, split.Training, classes, Options, Options.LabelColumnName);
        return new(weighted, classes, new MulticlassEvaluator(Options.Loss ?? Loss.CrossEntropy, weighted, data.Weights, classes),
            (network, weights, temperature) => new DeepMlpMulticlassModelParameters(network, weights, label.Classes, temperature));
    }

    private const string ScoreKind = "MulticlassClassification";

    /// <summary>The model of a network from PyTorch.</summary>
    internal static DeepMlpMulticlassModelParameters Import(ImportedSequential imported)
    {
        if (imported.Outputs < 2)
            throw new FormatException("it has one output: expected a value for each class; with one logit it is for binary classification");
        return new DeepMlpMulticlassModelParameters(imported.Read.Network, imported.Read.Weights, imported.ClassLabels(imported.Outputs, new ClassLabels(imported.Outputs, null, IsKey: true)));
    }

    internal static IEnumerable<PredictionColumn> Columns(uint setId, DataViewSchema schema, ClassLabels classes)
    {
        var score = ScoreAnnotations.Builder(setId, ScoreKind, "Score");
        if (classes.Values is { } values)
        {
            values.AddSlotNames(score);
            values.AddKeyValues(score, AnnotationNames.TrainingLabelValues);
        }
        yield return new ScoreColumn(new("Score", new VectorDataViewType(NumberDataViewType.Single, classes.Count), score.ToAnnotations()), VectorScores.Getter) { WriteOnnx = scores => scores.Scores };
        yield return PredictedLabel.Of(classes, ScoreAnnotations.Builder(setId, ScoreKind, "PredictedLabel"), scorer => Likeliest(scorer.Scores), scores => scores.HighestClass());
        if (EvaluatedLabel.OfClasses(schema, classes) is { } evaluated)
            yield return evaluated;
    }

    /// <summary>The likeliest class; the first of equally likely ones.</summary>
    private static int Likeliest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }
        return best;
    }
}
