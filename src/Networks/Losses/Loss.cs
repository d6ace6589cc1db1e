namespace MLExtensions.Networks;

/// <summary>
/// What training minimizes: the weighted mean over the rows of a batch, Σ wᵢ lossᵢ / Σ wᵢ, so that a weight of 2 counts as the
/// row twice. Choose one from the static members, as in <c>Loss = Loss.Huber</c>, or make one with constants of your own.
/// </summary>
/// <remarks>
/// This type describes the loss. Each of the derived records holds its formula in double precision, with which epochs are validated, and
/// that of the managed engine; other engines have their own. z is an output of the last layer, y the target:
/// a class, 0 or 1, or the label as <see cref="MlpOptions.LabelTransform"/> maps it. With several outputs the loss of a row is the
/// mean over them.
/// </remarks>
public abstract record Loss
{
    private protected Loss() { }

    /// <summary>Cross-entropy: the default of classification. Takes label smoothing.</summary>
    public static Loss CrossEntropy { get; } = new CrossEntropyLoss();

    /// <summary>Cross-entropy that counts easy rows less, with γ = 2. Classification.</summary>
    public static Loss Focal { get; } = new FocalLoss();

    /// <summary>(z - y)²: the default of regression; predicts the mean.</summary>
    public static Loss SquaredError { get; } = new SquaredErrorLoss();

    /// <summary>|z - y|: predicts the median. Regression.</summary>
    public static Loss AbsoluteError { get; } = new AbsoluteErrorLoss();

    /// <summary>Squared near 0, absolute beyond 1 standard deviation of the label. Regression.</summary>
    public static Loss Huber { get; } = new HuberLoss();

    /// <summary>log cosh(z - y): as Huber, without a constant. Regression.</summary>
    public static Loss LogCosh { get; } = new LogCoshLoss();

    /// <summary>Counts, with a variance equal to the mean; the score is exp(output). Regression.</summary>
    public static Loss Poisson { get; } = new PoissonLoss();

    /// <summary>Positive amounts, with a standard deviation proportional to the mean; the score is exp(output). Regression.</summary>
    public static Loss Gamma { get; } = new GammaLoss();

    /// <summary>Amounts of which many are 0, with a variance of the mean to the power of 1.5; the score is exp(output). Regression.</summary>
    public static Loss Tweedie { get; } = new TweedieLoss();

    /// <summary>The tasks that the loss can train.</summary>
    public abstract LossTasks Tasks { get; }

    /// <summary>Whether a score is exp(output), so that it is positive whatever the output.</summary>
    public virtual bool HasLogLink => false;

    /// <summary>The number of outputs that the network has for one target of a regression.</summary>
    public virtual int OutputsPerTarget => 1;

    /// <summary>Whether a label can be trained on, besides being finite; null where any can.</summary>
    internal virtual (string Expected, Func<float, bool> Accepts)? LabelRule => null;

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate() => [];

    /// <summary>Whether targets are class indices, of which a row has one, rather than a value for each output.</summary>
    /// <param name="targets">The targets of a row.</param>
    /// <param name="outputs">The outputs of a row.</param>
    internal virtual bool TakesClassIndex(int targets, int outputs) => false;

    /// <summary>The loss of a row in double precision.</summary>
    internal virtual double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
            sum += OfOutput(outputs[i], targets[i]);
        return sum / outputs.Length;
    }

    /// <summary>The loss of one of several outputs in double precision.</summary>
    internal virtual double OfOutput(double output, double target, int index) => OfOutput(output, target);

    /// <summary>The loss of one output in double precision.</summary>
    internal virtual double OfOutput(double output, double target) => throw new NotSupportedException();

    /// <summary>The loss for some rows: one that masks what is missing where a target is.</summary>
    /// <param name="data">The rows.</param>
    internal Loss For(DataBlock data) => data.TargetCount > 1 && Array.Exists(data.Targets, float.IsNaN) ? new MaskedLoss(this) : this;

    /// <summary>The loss as the managed engine computes it, on vectors.</summary>
    /// <param name="ofClasses">Whether targets are class indices: see <see cref="TakesClassIndex"/>.</param>
    internal abstract ManagedLoss MakeManaged(bool ofClasses);

    /// <summary>What messages call the losses that can train a task.</summary>
    internal static string NamesFor(LossTasks task) => task switch
    {
        LossTasks.BinaryClassification or LossTasks.MultilabelClassification => "CrossEntropyLoss, FocalLoss or a CustomLoss for it",
        LossTasks.MulticlassClassification => "CrossEntropyLoss, FocalLoss without Alpha (ClassWeights weigh classes) or a CustomLoss for it",
        _ => "SquaredErrorLoss, AbsoluteErrorLoss, HuberLoss, LogCoshLoss, QuantileLoss, PoissonLoss, GammaLoss, TweedieLoss or a CustomLoss for it",
    };

    private protected static (string, Func<float, bool>) NonNegative(string loss) =>
        ($"a finite number of at least 0 ({loss})", label => label >= 0);

    private protected static (string, Func<float, bool>) PositiveLabels(string loss) =>
        ($"a finite number above 0 ({loss})", label => label > 0);
}
