using System.Runtime.CompilerServices;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>log Σ exp(zᵢ) - z[class], with the maximum subtracted; gradient weight x (softmax(z) - one-hot).</summary>
internal sealed unsafe class SoftmaxCrossEntropyLoss : ManagedLoss
{
    public override void Compute(RowRange rows) => InstructionSet.Run(new Kernel(this, rows));

    private readonly struct Kernel(SoftmaxCrossEntropyLoss loss, RowRange rows) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            float[] targets = loss.Batch.Targets;
            float[] weights = loss.Batch.Weights;
            float[] losses = loss.Batch.Losses;
            var logits = new Row(loss.Outputs);
            var gradient = new Row(loss.Gradient);
            for (int row = rows.First; row < rows.End; row++)
            {
                logits.Select(row);
                gradient.Select(row);
                float max = Maximum<TVector>(logits);
                float sum = StoreExp<TVector>(logits, gradient, max);
                Scale<TVector>(gradient, weights[row] / sum);

                int target = (int)targets[row];
                *gradient.At(target) -= weights[row];
                losses[row] = VectorMath.Log(FloatScalar.Create(sum)).Value + (max - *logits.At(target));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Maximum<TVector>(in Row row)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector max = TVector.Create(float.NegativeInfinity);
            for (int first = 0; first < row.Columns; first += TVector.Count)
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
                TVector exp = VectorMath.Exp(row.Load<TVector>(first) - TVector.Create(max));
                exp.Store(exps.At(first));
                sum += exp;
            }

            return TVector.Sum(sum);
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
