using MLExtensions.Trainers.Engine;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLExtensions.Trainers.TorchSharp;

/// <summary>The weighted mean loss of a batch.</summary>
internal static class TorchLoss
{
    /// <summary>Σ wᵢ lossᵢ / Σ wᵢ, as a tensor of one value.</summary>
    /// <param name="loss">The loss of a row.</param>
    /// <param name="outputs">The outputs of the last layer, [rows x outputs].</param>
    /// <param name="batch">The batch.</param>
    /// <param name="weightSum">Σ wᵢ, above zero.</param>
    public static Tensor Mean(Loss loss, Tensor outputs, TorchBatch batch, double weightSum)
    {
        if (batch.Weights is null)
            return Compute(loss, outputs, batch.Targets, Reduction.Mean);

        var losses = Compute(loss, outputs, batch.Targets, Reduction.None);
        var rows = losses.dim() == 1 ? losses : losses.mean([1]);
        return (rows * batch.Weights).sum() / weightSum;
    }

    private static Tensor Compute(Loss loss, Tensor outputs, Tensor targets, Reduction reduction) => loss switch
    {
        Loss.SoftmaxCrossEntropy => functional.cross_entropy(outputs, targets, reduction: reduction),
        Loss.SigmoidCrossEntropy => functional.binary_cross_entropy_with_logits(outputs, targets, reduction: reduction),
        Loss.SquaredError => functional.mse_loss(outputs, targets, reduction),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "The loss is not one of the enumeration."),
    };
}
