namespace MLExtensions.Networks.Losses;

/// <summary>The mean over the outputs of a loss of each.</summary>
internal abstract class ElementwiseLoss : ManagedLoss
{
    /// <summary>The factor on the loss of each output whose target is 1; null for none.</summary>
    public float[]? TrueFactors { get; set; }

    /// <summary>Whether an output whose target is NaN counts nothing.</summary>
    public bool IsMasked { get; set; }
}

/// <summary>
/// The mean over the outputs of a loss of each. Outputs and targets are gathered side by side first: a row of one output would
/// fill one lane of a vector.
/// </summary>
internal sealed unsafe class ElementwiseLoss<TKernel>(TKernel kernel) : ElementwiseLoss
    where TKernel : struct, ILossKernel
{
    // 2 x 2 KiB of stack, a whole number of vectors of any width.
    private const int Capacity = 512;

    // A target that every loss can have.
    private const float Anything = 1;

    public override void Compute(RowRange rows)
    {
        float* outputs = stackalloc float[Capacity];
        float* targets = stackalloc float[Capacity];
        int columns = Math.Min(Outputs.Columns, Capacity);
        int rowsAtOnce = Capacity / columns;
        for (int row = rows.First; row < rows.End; row += rowsAtOnce)
        {
            var block = new RowRange(row, Math.Min(row + rowsAtOnce, rows.End));
            Rows.Losses.AsSpan(block.First, block.Count).Clear();
            for (int first = 0; first < Outputs.Columns; first += columns)
                Compute(block, first, Math.Min(columns, Outputs.Columns - first), outputs, targets);
        }
    }

    private void Compute(RowRange rows, int first, int columns, float* outputs, float* targets)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            Outputs.GetRow(rows.First + i, new Span<float>(outputs + i * columns, columns), first);
            Rows.Targets.AsSpan((rows.First + i) * Outputs.Columns + first, columns).CopyTo(new Span<float>(targets + i * columns, columns));
        }

        if (IsMasked)
            new Span<float>(targets, rows.Count * columns).Replace(float.NaN, Anything);
        InstructionSet.Run(new Pass(kernel, outputs, targets, rows.Count * columns));
        if (IsMasked)
            Mask(rows, first, columns, outputs, targets);
        if (TrueFactors is not null)
            Weigh(rows, first, columns, outputs, targets);

        float share = 1f / Outputs.Columns;
        for (int i = 0; i < rows.Count; i++)
        {
            float scale = Rows.Weights[rows.First + i] * share;
            float sum = 0;
            for (int k = i * columns; k < (i + 1) * columns; k++)
            {
                sum += targets[k];
                outputs[k] *= scale;
            }

            Rows.Losses[rows.First + i] += sum * share;
            Gradient.SetRow(rows.First + i, new ReadOnlySpan<float>(outputs + i * columns, columns), first);
        }
    }

    // Gradients and losses have taken the place of outputs and targets.
    private void Mask(RowRange rows, int first, int columns, float* gradients, float* losses)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            for (int k = 0; k < columns; k++)
            {
                if (float.IsNaN(Rows.Targets[(rows.First + i) * Outputs.Columns + first + k]))
                    gradients[i * columns + k] = losses[i * columns + k] = 0;
            }
        }
    }

    private void Weigh(RowRange rows, int first, int columns, float* gradients, float* losses)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            for (int k = 0; k < columns; k++)
            {
                float target = Rows.Targets[(rows.First + i) * Outputs.Columns + first + k];
                float factor = float.IsNaN(target) ? 0 : 1 + (TrueFactors![first + k] - 1) * target;
                gradients[i * columns + k] *= factor;
                losses[i * columns + k] *= factor;
            }
        }
    }

    /// <summary>Replaces outputs by gradients and targets by losses. Values beyond the length fill the last vector.</summary>
    private readonly struct Pass(TKernel kernel, float* outputs, float* targets, int length) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (int i = 0; i < length; i += TVector.Count)
            {
                kernel.Compute(TVector.Load(outputs + i), TVector.Load(targets + i), out TVector loss, out TVector gradient);
                loss.Store(targets + i);
                gradient.Store(outputs + i);
            }
        }
    }
}
