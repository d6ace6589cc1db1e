namespace MLExtensions.Trainers.Engine;

/// <summary>What training minimizes: the weighted mean over the rows of a batch, Σ wᵢ lossᵢ / Σ wᵢ.</summary>
public enum Loss
{
    /// <summary>
    /// -log softmax(logits)[class], from logits with their maximum subtracted. Targets are class indices, [rows x 1].
    /// </summary>
    SoftmaxCrossEntropy,

    /// <summary>
    /// Binary cross-entropy of sigmoid(logit), computed as max(z, 0) - z y + log(1 + exp(-|z|)). Targets are 0 or 1,
    /// [rows x 1].
    /// </summary>
    SigmoidCrossEntropy,

    /// <summary>The squared error, averaged over the outputs of a row. Targets are [rows x outputs].</summary>
    SquaredError,
}
