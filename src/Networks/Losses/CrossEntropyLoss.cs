namespace MLExtensions.Networks;

/// <summary>
/// Minus the logarithm of the probability that the network gives to the label: -log softmax(z)[class], for two classes, or
/// each of several labels, -log sigmoid(±z), computed from logits so that nothing overflows.
/// </summary>
/// <param name="LabelSmoothing">
/// ε: the label counts (1 - ε) and the rest is spread evenly over all classes, the label's included, as in PyTorch's
/// <c>CrossEntropyLoss(label_smoothing)</c>; for two classes y becomes y (1 - ε) + ε / 2. At least 0 and below 1, 0 by default;
/// 0.1 is usual. Keeps probabilities away from 0 and 1 and so from overconfidence; the loss no longer tends to 0.
/// </param>
/// <remarks>Smoothing: Szegedy et al. 2016, "Rethinking the Inception Architecture", arXiv 1512.00567, section 7.</remarks>
public sealed record CrossEntropyLoss(float LabelSmoothing = 0) : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.BinaryClassification | LossTasks.MulticlassClassification | LossTasks.MultilabelClassification;

    internal override IEnumerable<string> Validate() => Failures(Rate(LabelSmoothing));

    internal override bool TakesClassIndex(int targets, int outputs) => targets == 1 && outputs > 1;

    internal override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        if (!TakesClassIndex(targets.Length, outputs.Length))
            return base.OfRow(outputs, targets);

        int label = (int)targets[0];
        double mean = 0;
        foreach (float logit in outputs)
            mean += (double)logit / outputs.Length;
        return LogisticMath.NegativeLogSoftmax(outputs, label) + LabelSmoothing * (outputs[label] - mean);
    }

    internal override double OfOutput(double output, double target) =>
        LogisticMath.Softplus(output) - output * (target * (1 - LabelSmoothing) + LabelSmoothing / 2.0);

    internal override ManagedLoss MakeManaged(bool ofClasses) => (ofClasses, LabelSmoothing) switch
    {
        (false, _) => new ElementwiseLoss<SigmoidFunction>(new(LabelSmoothing)),
        (true, 0) => new SoftmaxCrossEntropyLoss(),
        _ => new SmoothedSoftmaxLoss(LabelSmoothing),
    };

    /// <summary>log(1 + exp(z)) - z y', with y' = y (1 - ε) + ε / 2; gradient sigmoid(z) - y'.</summary>
    private readonly struct SigmoidFunction(float smoothing) : ILossKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector smoothed = TVector.MultiplyAdd(target, TVector.Create(1 - smoothing), TVector.Create(smoothing / 2));
            loss = LogisticMath.Softplus(output) - output * smoothed;
            gradient = VectorMath.Sigmoid(output) - smoothed;
        }
    }

    /// <summary>
    /// Softmax cross-entropy whose target is (1 - ε) one-hot + ε / classes: the loss without smoothing plus ε (z[class] - mean z); to the
    /// gradient come weight x ε (one-hot - 1 / classes).
    /// </summary>
    private sealed class SmoothedSoftmaxLoss(float smoothing) : SoftmaxCrossEntropyLoss
    {
        public override void Compute(RowRange rows)
        {
            base.Compute(rows);

            int classes = Outputs.Columns;
            for (int row = rows.First; row < rows.End; row++)
            {
                int target = (int)Rows.Targets[row];
                float weight = Rows.Weights[row] * smoothing;
                float sum = 0;
                for (int i = 0; i < classes; i++)
                {
                    sum += Outputs[row, i];
                    Gradient[row, i] -= weight / classes;
                }

                Gradient[row, target] += weight;
                Rows.Losses[row] += smoothing * (Outputs[row, target] - sum / classes);
            }
        }
    }
}
