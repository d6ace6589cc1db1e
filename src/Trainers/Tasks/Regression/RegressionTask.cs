namespace MLExtensions.Trainers.Tasks.Regression;

/// <summary>
/// One or several real values, or quantiles of one: column <c>Score</c>, a number or a vector as the label was, or a vector of quantiles.
/// </summary>
internal sealed class RegressionTask(DeepMlpOptions options) : MlpTask<DeepMlpRegressionModelParameters>(options, LossTasks.Regression)
{
    private const string ExpectedLabel = "a number, Boolean, or Vector<Single> of known size";

    private Loss LossOrDefault => Options.Loss ?? Loss.SquaredError;

    private string ExpectedLabelType => LossOrDefault is QuantileLoss ? "a number or Boolean (quantiles are of one number)" : ExpectedLabel;

    public override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabelType, column =>
            LabelReaders.IsNumber(column) || LossOrDefault is not QuantileLoss
                && column is { Kind: SchemaShape.Column.VectorKind.Vector, IsKey: false } && column.ItemType.Equals(NumberDataViewType.Single),
            ColumnAdvice.Number);

    public override LabelColumn FindLabel(DataViewSchema schema)
    {
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabelType, type =>
            LabelReaders.IsNumber(type)
            || LossOrDefault is not QuantileLoss
                && type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single), ColumnAdvice.Number);
        var found = column.Type is VectorDataViewType { Size: var size }
            ? new LabelColumn(column, size, "finite numbers", row => LabelReaders.Vector(row, column)) { MayMiss = Options.MissingLabels == MissingLabels.Mask }
            : new LabelColumn(column, 1, "a finite number", row => LabelReaders.Number(row, column));
        return LabelRule is var (expected, accepts) ? found with { Expected = expected, Accepts = accepts } : found;
    }

    /// <summary>Which labels the transform or the loss can do with; options never have rules of both.</summary>
    private (string Expected, Func<float, bool> Accepts)? LabelRule => Options.LabelTransform switch
    {
        LabelTransform.Log => ("a finite number above 0 (LabelTransform.Log)", label => label > 0),
        LabelTransform.LogOnePlus => ("a finite number above -1 (LabelTransform.LogOnePlus)", label => label > -1),
        _ => LossOrDefault.LabelRule,
    };

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        var annotations = ScoreAnnotations.Shape();
        yield return QuantilesOrNull?.Count > 1
            ? ShapeColumns.Vector("Score", NumberDataViewType.Single, [.. annotations, ShapeColumns.Vector(AnnotationNames.SlotNames, TextDataViewType.Instance)])
            : label.Kind == SchemaShape.Column.VectorKind.Vector ? ShapeColumns.Vector("Score", NumberDataViewType.Single, [.. annotations])
            : ShapeColumns.Scalar("Score", NumberDataViewType.Single, [.. annotations]);
        foreach (string name in Options.PredictionInterval is null ? [] : s_boundNames)
        {
            yield return label.Kind == SchemaShape.Column.VectorKind.Vector
                ? ShapeColumns.Vector(name, NumberDataViewType.Single, [.. annotations])
                : ShapeColumns.Scalar(name, NumberDataViewType.Single, [.. annotations]);
        }
        if (label.Kind == SchemaShape.Column.VectorKind.Scalar && !label.ItemType.Equals(NumberDataViewType.Single))
            yield return ShapeColumns.Scalar(label.Name, NumberDataViewType.Single);
    }

    public override void Learn(DeepMlpRegressionModelParameters model, HeldOutRows heldOut, DataBlock data)
    {
        if (Options.PredictionInterval is not { } interval)
            return;
        var scores = heldOut with { Outputs = [.. heldOut.Outputs] };
        for (int place = 0; place < scores.Rows.Length; place++)
            model.FinishScores(scores[place]);
        model.Interval = model.Intervals.Fit(interval, scores, data);
    }

    public override ReadRows Continue(ReadRows rows, DeepMlpRegressionModelParameters previous)
    {
        var scaling = previous.Scaling;
        if (scaling.Labels != rows.Data.TargetCount)
            throw new InvalidOperationException($"Label column '{rows.Label.Column.Name}' has {Plural.Of(rows.Data.TargetCount, "value")} a row, and the model to start from gives {scaling.Labels}: expected as many.");
        if (scaling.Transform != TransformOrDefault || scaling.HasLogLink != LossOrDefault.HasLogLink)
        {
            throw new InvalidOperationException($"The model to start from was trained with LabelTransform {scaling.Transform}{(scaling.HasLogLink ? " and a loss of logarithms" : "")}, and the options ask for {TransformOrDefault}" +
                $"{(LossOrDefault.HasLogLink ? " and a loss of logarithms" : "")}: its outputs would mean something else. Choose the same.");
        }
        return rows with { Label = rows.Label with { Scaling = scaling } };
    }

    public override EnsembleMean Mean => EnsembleMean.Values;

    public override TaskSetup<DeepMlpRegressionModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        var loss = LossOrDefault;
        var fitted = LabelScaling.Fit(data.Targets, data.TargetCount, data.Weights, split.Training, Options.ClampScores, TransformOrDefault);
        var scaling = (label.Scaling is { } settled ? fitted.As(settled) : fitted) with
        {
            HasLogLink = loss.HasLogLink,
        };
        loss = loss.For(data);
        var scaled = data with { Targets = scaling.Apply(data.Targets) };
        ValidationEvaluator evaluator = loss is QuantileLoss quantile
            ? new QuantileEvaluator(quantile, scaled, data.Targets, data.Weights, scaling)
            : new RegressionEvaluator(loss, scaled, data.Targets, data.Weights, scaling);
        return new(scaled, data.TargetCount * loss.OutputsPerTarget, evaluator,
            (network, weights, _) => new DeepMlpRegressionModelParameters(network, weights, scaling, label.Column.Type is VectorDataViewType, QuantilesOrNull) { LabelColumn = label.Column.Name });
    }

    private LabelTransform TransformOrDefault => Options.LabelTransform ?? (LossOrDefault.HasLogLink ? LabelTransform.DivideByMean : LabelTransform.Standardize);

    private IReadOnlyList<float>? QuantilesOrNull => (Options.Loss as QuantileLoss)?.Quantiles;

    /// <summary>The model of a network from PyTorch.</summary>
    internal static DeepMlpRegressionModelParameters Import(ImportedSequential imported) =>
        new(imported.Read.Network, imported.Read.Weights, imported.LabelScaling(), isVector: imported.Outputs > 1) { LabelColumn = imported.Label };

    internal static IEnumerable<PredictionColumn> Columns(uint setId, DataViewSchema schema, DeepMlpRegressionModelParameters model)
    {
        yield return Score(setId, model);
        if (model.Interval is { } interval)
        {
            yield return Bound(setId, s_boundNames[0], model, (scores, label) => model.Intervals.Around(interval, scores, label).Lower);
            yield return Bound(setId, s_boundNames[1], model, (scores, label) => model.Intervals.Around(interval, scores, label).Upper);
        }
        if (EvaluatedLabel.OfNumbers(schema, model.LabelColumn) is { } evaluated)
            yield return evaluated;
    }

    private static readonly string[] s_boundNames = ["ScoreLower", "ScoreUpper"];

    private static ScoreColumn Bound(uint setId, string name, DeepMlpRegressionModelParameters model, Func<ReadOnlySpan<float>, int, float> of)
    {
        var annotations = ScoreAnnotations.Builder(setId, KindOf(model), name);
        if (!model.IsVector || model.Quantiles is not null)
            return new(new(name, NumberDataViewType.Single, annotations.ToAnnotations()), scorer => (ValueGetter<float>)((ref float value) => value = of(scorer.Scores, 0)));

        return new(new(name, new VectorDataViewType(NumberDataViewType.Single, model.ScoreCount), annotations.ToAnnotations()), scorer =>
        {
            float[] bounds = new float[model.ScoreCount];
            return VectorScores.Getter(() =>
            {
                for (int label = 0; label < bounds.Length; label++)
                    bounds[label] = of(scorer.Scores, label);
                return bounds;
            });
        });
    }

    private static string KindOf(DeepMlpRegressionModelParameters model) => model.Quantiles is not null ? "QuantileRegression" : model.IsVector ? "MultiOutputRegression" : "Regression";

    private static ScoreColumn Score(uint setId, DeepMlpRegressionModelParameters model)
    {
        var annotations = ScoreAnnotations.Builder(setId, KindOf(model), "Score");
        if (!model.IsVector)
            return new(new("Score", NumberDataViewType.Single, annotations.ToAnnotations()), Score) { WriteOnnx = scores => scores.Scores };

        if (model.Quantiles is { } quantiles)
            LabelValues.OfTexts([.. quantiles.Select(QuantileLoss.NameOf)]).AddSlotNames(annotations);
        return new(new("Score", new VectorDataViewType(NumberDataViewType.Single, model.ScoreCount), annotations.ToAnnotations()), VectorScores.Getter) { WriteOnnx = scores => scores.Scores };
    }

    private static ValueGetter<float> Score(RowScorer scorer) => (ref float value) => value = scorer.Scores[0];
}
