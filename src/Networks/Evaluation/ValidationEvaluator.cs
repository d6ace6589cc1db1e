namespace MLExtensions.Networks.Evaluation;

/// <summary>What is measured on the validation rows after each epoch: the loss of the outputs, and a metric of the scores that models make of them.</summary>
/// <param name="loss">The loss that is minimized.</param>
/// <param name="data">The rows, with targets and weights as the loss asks for them.</param>
/// <param name="labels">The labels that targets were made of, [rows x targets].</param>
/// <param name="exampleWeights">The weight of each row in the metric, without the factor of its class; null where all are 1.</param>
/// <param name="outputs">The number of outputs.</param>
/// <param name="taskMetric">The metric of the task.</param>
internal abstract class ValidationEvaluator(Loss loss, DataBlock data, float[] labels, float[]? exampleWeights, int outputs, ValidationMetric taskMetric)
{
    private float[] _outputs = [], _labels = [], _weights = [];

    /// <summary>The number of outputs.</summary>
    public int Outputs { get; } = outputs;

    /// <summary>The loss that is minimized.</summary>
    public Loss Loss { get; } = loss;

    /// <summary>Whether targets are amounts, which can be mixed, and not classes.</summary>
    public virtual bool TargetsAreAmounts => false;

    /// <summary>The number of classes that targets are numbers of; 0 where they are amounts.</summary>
    public virtual int Classes => 0;

    /// <summary>The metric.</summary>
    public ValidationMetric Metric { get; private set; } = taskMetric;

    /// <summary>The metric that the task has by itself.</summary>
    public ValidationMetric TaskMetric { get; } = taskMetric;

    /// <summary>The name of the metric.</summary>
    public string MetricName => Metric.Name;

    /// <summary>Whether a higher metric is better.</summary>
    public bool HigherMetricIsBetter => Metric.HigherIsBetter;

    /// <summary>A loss in units of the label; null where it has none.</summary>
    public virtual double? InLabelUnits(double loss) => null;

    /// <summary>An evaluator of another metric.</summary>
    public ValidationEvaluator With(ValidationMetric metric)
    {
        var other = (ValidationEvaluator)MemberwiseClone();
        (other.Metric, other._outputs, other._labels, other._weights) = (metric, [], [], []);
        return other;
    }

    /// <summary>What the metric needs of rows and these have not; null where it can be measured on them.</summary>
    public string? MetricNeeds(int[] rows) => Metric.Needs(Scored(new float[checked(rows.Length * Outputs)], rows));

    /// <summary>
    /// The loss, weighted as in training, and the metric, weighted by example weights alone; null for both without rows. NaN for a metric that the rows do not give.
    /// </summary>
    public (double? Loss, double? Metric) Evaluate(IMlpSession session, int[] rows)
    {
        if (rows.Length == 0)
            return (null, null);

        var outputs = Room(ref _outputs, checked(rows.Length * Outputs));
        session.Score(rows, outputs);
        return Measure(outputs, rows);
    }

    /// <summary>The same of outputs that are the same for all rows, of which there is at least one.</summary>
    public (double Loss, double Metric) OfConstant(ReadOnlySpan<float> outputsOfEach, int[] rows)
    {
        float[] outputs = new float[checked(rows.Length * Outputs)];
        for (int i = 0; i < rows.Length; i++)
            outputsOfEach.CopyTo(outputs.AsSpan(i * Outputs, Outputs));
        return Measure(outputs, rows);
    }

    /// <summary>Makes the scores of a row, as a model has them, of its outputs.</summary>
    protected virtual void ToScores(Span<float> outputs)
    {
    }

    private (double Loss, double Metric) Measure(Span<float> outputs, int[] rows)
    {
        double loss = MeanLoss(outputs, rows);
        for (int i = 0; i < rows.Length; i++)
            ToScores(outputs.Slice(i * Outputs, Outputs));
        var scored = Scored(outputs, rows);
        return (loss, Metric.Measure(scored.Scores, scored.Labels, scored.Weights));
    }

    private double MeanLoss(ReadOnlySpan<float> outputs, int[] rows)
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            var target = data.Targets.AsSpan(rows[i] * data.TargetCount, data.TargetCount);
            double weight = data.Weights?[rows[i]] ?? 1;
            sum += weight * Loss.OfRow(outputs.Slice(i * Outputs, Outputs), target);
            // A row is as much as is there of it, so that the mean is that over the labels that are there.
            weights += Loss is MaskedLoss ? weight * MissingTargets.Present(target) : weight;
        }
        return weights > 0 ? sum / weights : 0;
    }

    private ScoredRows Scored(ReadOnlySpan<float> scores, int[] rows)
    {
        var labelsOfRows = Room(ref _labels, rows.Length * data.TargetCount);
        var weights = Room(ref _weights, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            labels.AsSpan(rows[i] * data.TargetCount, data.TargetCount).CopyTo(labelsOfRows[(i * data.TargetCount)..]);
            weights[i] = exampleWeights?[rows[i]] ?? 1;
        }
        return new ScoredRows(scores, labelsOfRows, weights);
    }

    private static Span<float> Room(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new float[length];
        return buffer.AsSpan(0, length);
    }
}
