using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Losses;

/// <summary>
/// max(τ (y - z), (τ - 1) (y - z)), averaged over quantiles τ, which have an output each and one target; gradient -τ for z up to y, 1 - τ
/// beyond.
/// </summary>
internal sealed class PinballLoss(float[] quantiles) : ManagedLoss
{
    public override void Compute(RowRange rows)
    {
        for (int row = rows.First; row < rows.End; row++)
        {
            float target = Batch.Targets[row];
            float scale = Batch.Weights[row] / quantiles.Length;
            float sum = 0;
            for (int i = 0; i < quantiles.Length; i++)
            {
                float error = target - Outputs[row, i];
                float slope = error < 0 ? quantiles[i] - 1 : quantiles[i];
                sum += slope * error;
                Gradient[row, i] = -slope * scale;
            }

            Batch.Losses[row] = sum / quantiles.Length;
        }
    }
}
