using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Losses;

/// <summary>
/// Softmax cross-entropy whose target is (1 - ε) one-hot + ε / classes: the loss without smoothing plus ε (z[class] - mean z); to the
/// gradient come weight x ε (one-hot - 1 / classes).
/// </summary>
internal sealed class SmoothedSoftmaxLoss(float smoothing) : SoftmaxCrossEntropyLoss
{
    public override void Compute(RowRange rows)
    {
        base.Compute(rows);

        int classes = Outputs.Columns;
        for (int row = rows.First; row < rows.End; row++)
        {
            int target = (int)Batch.Targets[row];
            float weight = Batch.Weights[row] * smoothing;
            float sum = 0;
            for (int i = 0; i < classes; i++)
            {
                sum += Outputs[row, i];
                Gradient[row, i] -= weight / classes;
            }

            Gradient[row, target] += weight;
            Batch.Losses[row] += smoothing * (Outputs[row, target] - sum / classes);
        }
    }
}
