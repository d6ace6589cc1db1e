using System.Buffers;

namespace MLExtensions.Networks;

/// <summary>
/// A loss of your own: <c>Loss = new CustomLoss(new MyLoss())</c>. A model does not need its loss to score, so that it loads without
/// it.
/// </summary>
/// <param name="Function">The loss and its gradient.</param>
/// <remarks>
/// On libtorch outputs are brought to the processor for it, and the gradient back: on a GPU every step waits for that.
/// </remarks>
public sealed record CustomLoss(ILossFunction Function) : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => Function?.Tasks ?? LossTasks.None;

    internal override IEnumerable<string> Validate() => Function is null ? ["Function must not be null"] : [];

    internal override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets) =>
        Function.Compute(outputs, targets, new float[outputs.Length]);

    internal override ManagedLoss MakeManaged(bool ofClasses) => new HostLoss(Function);

    /// <summary>A loss that the application brought, row by row.</summary>
    private sealed class HostLoss(ILossFunction function) : ManagedLoss
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
                var targets = Rows.Targets.AsSpan(row * Rows.TargetCount, Rows.TargetCount);
                Rows.Losses[row] = (float)function.Compute(outputs, targets, gradient);
                foreach (ref float slope in gradient)
                    slope *= Rows.Weights[row];
                Gradient.SetRow(row, gradient);
            }

            ArrayPool<float>.Shared.Return(room);
        }
    }
}
