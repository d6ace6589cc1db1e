namespace MLExtensions.Networks;

/// <summary>
/// What is measured on validation rows after each epoch, and can be watched by early stopping: <c>EarlyStopping = new() { Metric = ValidationMetric.AreaUnderRocCurve }</c>.
/// Choose one from the static members, or make one of your own: <see cref="CustomMetric"/>. Values are those of ML.NET's evaluators on the same rows.
/// </summary>
/// <remarks>
/// Rows count by their example weights; class weights, which steer the training, do not count. A class is predicted where it is the likeliest, and the positive one of two,
/// or one of several labels, where its logit is above 0. Labels that are missing (NaN) are left out. Probabilities are those before calibration.
/// </remarks>
public abstract record ValidationMetric
{
    private protected const LossTasks Classifications = LossTasks.BinaryClassification | LossTasks.MulticlassClassification | LossTasks.MultilabelClassification;

    private protected const LossTasks AllTasks = Classifications | LossTasks.Regression;

    private protected ValidationMetric() { }

    /// <summary>The share of the rows whose class is right; higher is better. Binary and multiclass classification, whose metric it is by default.</summary>
    public static ValidationMetric Accuracy { get; } = new AccuracyMetric();

    /// <summary>The same as <see cref="Accuracy"/>, which ML.NET calls so of several classes.</summary>
    public static ValidationMetric MicroAccuracy => Accuracy;

    /// <summary>
    /// The mean over classes of the share of their rows that are right, so that a rare class counts as much as a common one (balanced accuracy); classes without
    /// validation rows are left out. Higher is better. Binary and multiclass classification.
    /// </summary>
    public static ValidationMetric MacroAccuracy { get; } = new MacroAccuracyMetric();

    /// <summary>
    /// The area under the receiver operating characteristic: the probability that a positive row has a higher score than a negative one, ties counting half. Higher is better.
    /// Of several classes the mean over each against the others, of several labels over them, of those that have rows of both kinds. All classifications; needs validation rows of both classes.
    /// </summary>
    public static ValidationMetric AreaUnderRocCurve { get; } = new AreaUnderRocCurveMetric();

    /// <summary>
    /// The area under precision against recall, by the lower trapezoids: for rare positives. Rows of equal scores count in no order, where ML.NET takes them as
    /// they come. Higher is better. Of several classes or labels the mean. All classifications; needs validation rows of the positive class.
    /// </summary>
    public static ValidationMetric AreaUnderPrecisionRecallCurve { get; } = new AreaUnderPrecisionRecallCurveMetric();

    /// <summary>
    /// The harmonic mean of precision and recall of the positive class; 0 where none is found, for which ML.NET has NaN. Higher is better. Binary classification; needs
    /// validation rows of the positive class.
    /// </summary>
    public static ValidationMetric F1Score { get; } = new F1Metric();

    /// <summary>F1 with hits and misses counted over all labels: frequent labels count most. Higher is better. Multilabel classification.</summary>
    public static ValidationMetric MicroF1 { get; } = new MicroF1Metric();

    /// <summary>The mean of F1 over all labels (multilabel), or over the classes that are there or predicted (multiclass). Higher is better.</summary>
    public static ValidationMetric MacroF1 { get; } = new MacroF1Metric();

    /// <summary>The share of all labels of all rows that are right: 1 less the Hamming loss. Higher is better. Multilabel classification, whose metric it is by default.</summary>
    public static ValidationMetric LabelAccuracy { get; } = new LabelAccuracyMetric();

    /// <summary>The share of the rows of which all labels are right. Higher is better. Multilabel classification.</summary>
    public static ValidationMetric SubsetAccuracy { get; } = new SubsetAccuracyMetric();

    /// <summary>
    /// Minus the mean logarithm of the probability of the true class: in bits of two classes and of labels, in natural units of several classes, as ML.NET has it. Lower
    /// is better. It differs from the validation loss by class weights, label smoothing, and a loss other than cross-entropy. All classifications.
    /// </summary>
    public static ValidationMetric LogLoss { get; } = new LogLossMetric();

    /// <summary>
    /// The root of the mean squared error in units of the label; of several outputs, of the mean over them. Lower is better. Regression, whose metric it is by default.
    /// </summary>
    public static ValidationMetric RootMeanSquaredError { get; } = new RootMeanSquaredErrorMetric();

    /// <summary>The mean absolute error in units of the label; of several outputs, the mean over them. Lower is better. Regression.</summary>
    public static ValidationMetric MeanAbsoluteError { get; } = new MeanAbsoluteErrorMetric();

    /// <summary>
    /// The coefficient of determination, 1 - (mean squared error) / (variance of the labels); of several outputs, the mean over those whose labels differ. Higher is better.
    /// Regression; needs validation labels that differ.
    /// </summary>
    public static ValidationMetric RSquared { get; } = new RSquaredMetric();

    private static readonly (string Name, ValidationMetric Metric)[] s_named =
    [
        (nameof(Accuracy), Accuracy), (nameof(MicroAccuracy), MicroAccuracy), (nameof(MacroAccuracy), MacroAccuracy), (nameof(AreaUnderRocCurve), AreaUnderRocCurve),
        (nameof(AreaUnderPrecisionRecallCurve), AreaUnderPrecisionRecallCurve), (nameof(F1Score), F1Score), (nameof(MicroF1), MicroF1), (nameof(MacroF1), MacroF1),
        (nameof(LabelAccuracy), LabelAccuracy), (nameof(SubsetAccuracy), SubsetAccuracy), (nameof(LogLoss), LogLoss), (nameof(RootMeanSquaredError), RootMeanSquaredError),
        (nameof(MeanAbsoluteError), MeanAbsoluteError), (nameof(RSquared), RSquared),
    ];

    /// <summary>All metrics that there are, but those of your own.</summary>
    public static IReadOnlyList<ValidationMetric> All { get; } = [.. s_named.Select(named => named.Metric).Distinct()];

    /// <summary>Its name, such as <c>AUC</c>, for the history, logs and reports.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a higher value is better.</summary>
    public abstract bool HigherIsBetter { get; }

    /// <summary>The tasks that it is for; a trainer of another refuses it.</summary>
    public abstract LossTasks Tasks { get; }

    /// <summary>Finds a metric by name: that of its static member, such as <c>AreaUnderRocCurve</c>, or <see cref="Name"/>, such as <c>AUC</c>, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those that there are.</exception>
    public static ValidationMetric OfName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        bool IsIt(string other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
        return s_named.FirstOrDefault(named => IsIt(named.Name) || IsIt(named.Metric.Name)).Metric
            ?? throw new ArgumentException($"There is no metric '{name}': expected one of {string.Join(", ", s_named.Select(named => named.Name))}.", nameof(name));
    }

    /// <summary>Takes the metric of scored rows.</summary>
    /// <param name="scores">The scores, [rows x scores], as <see cref="MetricFunction"/> has them.</param>
    /// <param name="labels">The labels, [rows x labels].</param>
    /// <param name="weights">The weight of each row, at least 0; empty for rows of one label each, all of weight 1.</param>
    /// <returns>The metric; NaN where the rows give none, as the area under a curve of rows of one class, or a score is NaN.</returns>
    /// <exception cref="ArgumentException">Lengths do not fit one another.</exception>
    public double Measure(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        if (weights.IsEmpty && !labels.IsEmpty)
        {
            float[] ones = new float[labels.Length];
            Array.Fill(ones, 1);
            weights = ones;
        }
        if (weights.IsEmpty || labels.Length % weights.Length != 0 || scores.Length % weights.Length != 0 || scores.Length < labels.Length || labels.IsEmpty)
            throw new ArgumentException(Invariant($"Expected rows of one label at least and as many scores or more, got {scores.Length} scores and {labels.Length} labels of {Plural.Of(weights.Length, "row")}."));

        foreach (float score in scores)
        {
            if (float.IsNaN(score))
                return double.NaN;
        }
        return Of(new ScoredRows(scores, labels, weights));
    }

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate() => [];

    /// <summary>What rows would have to be among some for the metric to tell anything; null where they are.</summary>
    internal virtual string? Needs(in ScoredRows rows) => null;

    /// <summary>The metric of rows of which no score is NaN.</summary>
    internal abstract double Of(in ScoredRows rows);

    /// <summary>What messages call the metrics of a task.</summary>
    internal static string NamesFor(LossTasks task) =>
        $"{string.Join(", ", s_named.Where(named => named.Metric.Tasks.HasFlag(task)).Select(named => named.Name))} or a CustomMetric";

    /// <summary>The mean of a measure over all scores, each a question of two classes, that have one; NaN where none has.</summary>
    private protected static double MeanOfColumns(in ScoredRows rows, ColumnMeasure measure)
    {
        double sum = 0;
        int count = 0;
        for (int score = 0; score < rows.ScoreCount; score++)
        {
            using var column = new TwoClassColumn(rows, score);
            double value = measure(column.Scores, column.AreTrue, column.Weights);
            (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
        }
        return sum / count;
    }

    /// <summary>A measure of two classes.</summary>
    private protected delegate double ColumnMeasure(ReadOnlySpan<float> scores, ReadOnlySpan<bool> arePositive, ReadOnlySpan<float> weights);
}
