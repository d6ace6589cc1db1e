namespace MLExtensions.Trainers.Tasks.Multiclass;

/// <summary>
/// Several classes: a key label, a logit for each class, columns <c>Score</c> (the probabilities of the classes) and <c>PredictedLabel</c> (a key).
/// </summary>
internal sealed class MulticlassTask(DeepMlpOptions options) : MlpTask<DeepMlpMulticlassModelParameters>(options, LossTasks.MulticlassClassification)
{
    private const string ExpectedLabel = "a key of known count (MapValueToKey makes one)";

    public override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabel,
            column => column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: true });

    public override LabelColumn FindLabel(DataViewSchema schema)
    {
        // Each class is a unit of the last layer: a key that counts further is an identifier, not a class.
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabel,
            type => type is KeyDataViewType { Count: <= int.MaxValue });
        return new LabelColumn(column, 1, "a key that is not missing", row => LabelReaders.Key(row, column));
    }

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label) => Shape(label);

    public override int[] ClassesOf(DataBlock data) => data.ClassIndices();

    public override TaskSetup<DeepMlpMulticlassModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        int classes = (int)((KeyDataViewType)label.Column.Type).Count;
        var labels = LabelValues.Read(label.Column);
        var weighted = ClassWeighting.Apply(data, split.Training, classes, Options, Options.LabelColumnName);
        return new(weighted, classes, new MulticlassEvaluator(Options.Loss ?? Loss.CrossEntropy, weighted, data.Weights, classes),
            (network, weights, temperature) => new DeepMlpMulticlassModelParameters(network, weights, labels, temperature));
    }

    private const string ScoreKind = "MulticlassClassification";

    private static IEnumerable<SchemaShape.Column> Shape(SchemaShape.Column label)
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

    internal static IReadOnlyList<PredictionColumn> Columns(uint setId, int classes, LabelValues? labels)
    {
        var score = ScoreAnnotations.Builder(setId, ScoreKind, "Score");
        var predicted = ScoreAnnotations.Builder(setId, ScoreKind, "PredictedLabel");
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
