using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>
/// -(1 - p)^γ log p with p = softmax(z)[class]: the cross-entropy ℓ = -log p times (1 - p)^γ, and its gradient times
/// (1 - p)^γ (1 + γ p ℓ / (1 - p)).
/// </summary>
internal sealed class FocalSoftmaxLoss(float gamma) : SoftmaxCrossEntropyLoss
{
    public override void Compute(RowRange rows)
    {
        base.Compute(rows);

        for (int row = rows.First; row < rows.End; row++)
        {
            float crossEntropy = Batch.Losses[row];
            float rest = -VectorMath.ExpMinusOne(FloatScalar.Create(-crossEntropy)).Value;
            float modulation = MathF.Pow(MathF.Max(rest, 0), gamma);

            // As p tends to 1, ℓ / (1 - p) tends to 1.
            float ratio = rest > 0 ? crossEntropy / rest : 1;
            float factor = modulation * (1 + gamma * (1 - rest) * ratio);
            for (int i = 0; i < Outputs.Columns; i++)
                Gradient[row, i] *= factor;
            Batch.Losses[row] = modulation * crossEntropy;
        }
    }
}
