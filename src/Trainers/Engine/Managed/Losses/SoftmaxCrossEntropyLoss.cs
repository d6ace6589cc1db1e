using System.Runtime.CompilerServices;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>log Σ exp(zᵢ) - z[class], with the maximum subtracted; gradient weight x (softmax(z) - one-hot).</summary>
internal sealed unsafe class SoftmaxCrossEntropyLoss : ManagedLoss
{
    public override void Compute(RowRange rows)
    {
        for (int row = rows.First; row < rows.End; row++)
            InstructionSet.Run(new Kernel(this, row));
    }

    private readonly struct Kernel(SoftmaxCrossEntropyLoss loss, int row) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            StripMatrix logits = loss.Outputs;
            StripMatrix gradient = loss.Gradient;
            int width = logits.Width;
            int lastStrip = logits.StripCount - 1;
            int used = logits.Columns - lastStrip * width;
            new Span<float>(logits.At(lastStrip, row) + used, width - used).Fill(float.NegativeInfinity);

            float max = float.NegativeInfinity;
            for (int strip = 0; strip <= lastStrip; strip++)
                max = MathF.Max(max, Max<TVector>(logits.At(strip, row), width));

            TVector sums = TVector.Zero;
            for (int strip = 0; strip <= lastStrip; strip++)
                sums += StoreExp(logits.At(strip, row), gradient.At(strip, row), width, TVector.Create(max));
            float sum = TVector.Sum(sums);

            float weight = loss.Batch.Weights[row];
            for (int strip = 0; strip <= lastStrip; strip++)
                Scale(gradient.At(strip, row), width, TVector.Create(weight / sum));

            int target = (int)loss.Batch.Targets[row];
            gradient[row, target] -= weight;
            loss.Batch.Losses[row] = VectorMath.Log(FloatScalar.Create(sum)).Value + (max - logits[row, target]);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Max<TVector>(float* values, int width)
            where TVector : unmanaged, IVector<TVector>
        {
            float max = values[0];
            for (int i = 1; i < width; i++)
                max = values[i] > max ? values[i] : max;
            return max;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector StoreExp<TVector>(float* values, float* exps, int width, TVector max)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector sum = TVector.Zero;
            for (int i = 0; i < width; i += TVector.Count)
            {
                TVector exp = VectorMath.Exp(TVector.Load(values + i) - max);
                exp.Store(exps + i);
                sum += exp;
            }

            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Scale<TVector>(float* values, int width, TVector factor)
            where TVector : unmanaged, IVector<TVector>
        {
            for (int i = 0; i < width; i += TVector.Count)
                (TVector.Load(values + i) * factor).Store(values + i);
        }
    }
}
