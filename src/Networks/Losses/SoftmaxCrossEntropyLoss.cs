namespace MLExtensions.Networks.Losses;

/// <summary>log Σ exp(zᵢ) - z[class], with the maximum subtracted; gradient weight x (softmax(z) - one-hot).</summary>
internal unsafe class SoftmaxCrossEntropyLoss : ManagedLoss
{
    public override void Compute(RowRange rows)
    {
        while (RowRange.TakePortion(ref rows, RowRange.PortionRows, out RowRange portion))
            InstructionSet.Run(new Kernel(this, portion));
    }

    /// <summary>Up to <see cref="RowRange.PortionRows"/> rows.</summary>
    private readonly struct Kernel(SoftmaxCrossEntropyLoss loss, RowRange rows) : IVectorKernel
    {
        // A probability below exp(-64) changes no sum and is taken for 0: shares of it in gradients would be subnormal numbers,
        // with which processors are slow.
        private const float LowestLogit = -64f;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            float[] targets = loss.Rows.Targets;
            float[] weights = loss.Rows.Weights;
            var logits = new Row(loss.Outputs);
            var gradient = new Row(loss.Gradient);
            float* sums = stackalloc float[RowRange.PortionRows];
            float* margins = stackalloc float[RowRange.PortionRows];
            for (int row = rows.First; row < rows.End; row++)
            {
                logits.Select(row);
                gradient.Select(row);
                float max = Maximum<TVector>(logits);
                float sum = StoreExp<TVector>(logits, gradient, max);
                Scale<TVector>(gradient, weights[row] / sum);

                int target = (int)targets[row];
                *gradient.At(target) -= weights[row];
                sums[row - rows.First] = sum;
                margins[row - rows.First] = max - *logits.At(target);
            }

            StoreLosses<TVector>(sums, margins);
        }

        // One logarithm for a vector of rows costs as much as one for a row.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void StoreLosses<TVector>(float* sums, float* margins)
            where TVector : unmanaged, IVector<TVector>
        {
            for (int i = 0; i < rows.Count; i += TVector.Count)
                (VectorMath.Log(TVector.Load(sums + i)) + TVector.Load(margins + i)).Store(margins + i);
            new ReadOnlySpan<float>(margins, rows.Count).CopyTo(loss.Rows.Losses.AsSpan(rows.First));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Maximum<TVector>(in Row row)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector max = row.Load<TVector>(0);
            for (int first = TVector.Count; first < row.Columns; first += TVector.Count)
                max = TVector.Max(max, row.Load<TVector>(first));
            return TVector.Maximum(max);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float StoreExp<TVector>(in Row row, in Row exps, float max)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector sum = TVector.Zero;
            for (int first = 0; first < row.Columns; first += TVector.Count)
            {
                TVector exp = Exp(row.Load<TVector>(first) - TVector.Create(max));
                exp.Store(exps.At(first));
                sum += exp;
            }

            return TVector.Sum(sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Exp<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector lowest = TVector.Create(LowestLogit);
            TVector exp = VectorMath.ExpOfNormalResult(TVector.Max(lowest, x));
            return TVector.Select(TVector.GreaterThan(lowest, x), TVector.Zero, exp);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Scale<TVector>(in Row row, float factor)
            where TVector : unmanaged, IVector<TVector>
        {
            for (int first = 0; first < row.Columns; first += TVector.Count)
            {
                float* values = row.At(first);
                (TVector.Load(values) * TVector.Create(factor)).Store(values);
            }
        }
    }

    /// <summary>One row of a matrix; vectors never straddle strips, whose width is a whole number of them.</summary>
    private struct Row(StripMatrix matrix)
    {
        public readonly int Columns = matrix.Columns;
        private readonly int _width = matrix.Width;
        private readonly nint _stripLength = matrix.StripLength;
        private readonly float* _origin = matrix.At(0, 0);
        private float* _values;

        public void Select(int row) => _values = _origin + (nint)row * _width;

        // Most networks have few outputs: one strip, and no division.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly float* At(int column) => column < _width
            ? _values + column
            : _values + column / _width * _stripLength + column % _width;

        /// <summary>Values, with minus infinity in the padding.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly TVector Load<TVector>(int column)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector isValue = TVector.GreaterThanBits(TVector.CreateBits(Columns - column), TVector.LaneBits);
            return TVector.Select(isValue, TVector.Load(At(column)), TVector.Create(float.NegativeInfinity));
        }
    }
}
