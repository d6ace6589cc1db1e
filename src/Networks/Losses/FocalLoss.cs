namespace MLExtensions.Networks;

/// <summary>
/// -α (1 - p)^γ log p, with p the probability that the network gives to the label: rows that it already gets right count less,
/// so that few hard ones are not drowned by many easy ones. Its probabilities are too close to the middle; calibrate them
/// (<see cref="MlpOptions.CalibrateProbabilities"/>) where they matter.
/// </summary>
/// <param name="Gamma">γ: how much less; at least 0 and finite, 2 by default. 0 is cross-entropy.</param>
/// <param name="Alpha">
/// For two classes, or each of several labels: the weight of true, 1 - α that of false; above 0 and below 1, the paper uses 0.25. Null, the default, weighs
/// both 1. For several classes it must be null: weigh them with <see cref="MlpOptions.ClassWeights"/>.
/// </param>
/// <remarks>Lin, Goyal, Girshick, He, Dollár 2017, "Focal Loss for Dense Object Detection", arXiv 1708.02002.</remarks>
public sealed record FocalLoss(float Gamma = 2, float? Alpha = null) : Loss
{
    /// <summary>γ: how much less rows count that are right already.</summary>
    public new float Gamma { get; init; } = Gamma;

    /// <inheritdoc/>
    public override LossTasks Tasks => Alpha is null
        ? LossTasks.BinaryClassification | LossTasks.MulticlassClassification | LossTasks.MultilabelClassification
        : LossTasks.BinaryClassification | LossTasks.MultilabelClassification;

    internal override IEnumerable<string> Validate() => Failures(NotNegative(Gamma), Share(Alpha));

    internal override bool TakesClassIndex(int targets, int outputs) => targets == 1 && outputs > 1;

    internal override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets) =>
        TakesClassIndex(targets.Length, outputs.Length)
            ? Modulate(LogisticMath.NegativeLogSoftmax(outputs, (int)targets[0]))
            : base.OfRow(outputs, targets);

    internal override double OfOutput(double output, double target)
    {
        double weight = Alpha is { } alpha ? target > 0 ? alpha : 1 - alpha : 1;
        return weight * Modulate(LogisticMath.Softplus(target > 0 ? -output : output));
    }

    internal override ManagedLoss MakeManaged(bool ofClasses) => ofClasses
        ? new FocalSoftmaxLoss(Gamma)
        : new ElementwiseLoss<Function>(new(Gamma, Alpha));

    private double Modulate(double negativeLog) => Math.Pow(1 - Math.Exp(-negativeLog), Gamma) * negativeLog;

    /// <summary>
    /// -α (1 - p)^γ log p with p the probability of the target, 0 or 1. With s = z or -z the logit of the target, log p = -softplus(-s) and
    /// log(1 - p) = -softplus(s); gradient ∓α (1 - p)^γ (1 - p - γ p log p).
    /// </summary>
    private readonly struct Function(float gamma, float? alpha) : ILossKernel
    {
        private readonly float _weightOfTrue = alpha ?? 1;
        private readonly float _weightOfFalse = 1 - alpha ?? 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector one = TVector.Create(1f);
            TVector isTrue = TVector.GreaterThan(target, TVector.Zero);
            TVector sign = TVector.Select(isTrue, one, TVector.Zero - one);
            TVector logit = output * sign;
            TVector weight = TVector.Select(isTrue, TVector.Create(_weightOfTrue), TVector.Create(_weightOfFalse));

            TVector modulated = weight * VectorMath.Exp(TVector.Create(-gamma) * LogisticMath.Softplus(logit));
            TVector negativeLog = LogisticMath.Softplus(TVector.Zero - logit);
            TVector slope = TVector.MultiplyAdd(TVector.Create(gamma) * VectorMath.Sigmoid(logit), negativeLog, VectorMath.Sigmoid(TVector.Zero - logit));
            loss = modulated * negativeLog;
            gradient = TVector.Zero - sign * modulated * slope;
        }
    }

    /// <summary>
    /// -(1 - p)^γ log p with p = softmax(z)[class]: the cross-entropy ℓ = -log p times (1 - p)^γ, and its gradient times
    /// (1 - p)^γ (1 + γ p ℓ / (1 - p)).
    /// </summary>
    private sealed class FocalSoftmaxLoss(float gamma) : SoftmaxCrossEntropyLoss
    {
        public override void Compute(RowRange rows)
        {
            base.Compute(rows);

            for (int row = rows.First; row < rows.End; row++)
            {
                float crossEntropy = Rows.Losses[row];
                float rest = -VectorMath.ExpMinusOne(FloatScalar.Create(-crossEntropy)).Value;
                float modulation = MathF.Pow(MathF.Max(rest, 0), gamma);

                // As p tends to 1, ℓ / (1 - p) tends to 1.
                float ratio = rest > 0 ? crossEntropy / rest : 1;
                float factor = modulation * (1 + gamma * (1 - rest) * ratio);
                for (int i = 0; i < Outputs.Columns; i++)
                    Gradient[row, i] *= factor;
                Rows.Losses[row] = modulation * crossEntropy;
            }
        }
    }
}
