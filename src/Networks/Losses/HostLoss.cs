using System.Buffers;
using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Losses;

/// <summary>A loss that the application brought, row by row.</summary>
internal sealed class HostLoss(ILossFunction function) : ManagedLoss
{
    public override void Compute(RowRange rows)
    {
        // Shared arrays, which the pool keeps per thread: no step allocates.
        int count = Outputs.Columns;
        float[] room = ArrayPool<float>.Shared.Rent(2 * count);
        var outputs = room.AsSpan(0, count);
        var gradient = room.AsSpan(count, count);
        for (int row = rows.First; row < rows.End; row++)
        {
            Outputs.GetRow(row, outputs);
            gradient.Clear();
            var targets = Batch.Targets.AsSpan(row * Batch.TargetCount, Batch.TargetCount);
            Batch.Losses[row] = (float)function.Compute(outputs, targets, gradient);
            foreach (ref float slope in gradient)
                slope *= Batch.Weights[row];
            Gradient.SetRow(row, gradient);
        }

        ArrayPool<float>.Shared.Return(room);
    }
}
