namespace MLExtensions.Networks.Layers;

/// <summary>output = input x factor + summand for one strip, the factors being those of each row's member.</summary>
/// <param name="input">The first input row.</param>
/// <param name="output">The first output row; may be <paramref name="input"/> where each row has one output row.</param>
/// <param name="batchRows">The rows of the batch.</param>
/// <param name="copies">The input rows of each: 1 where members share it, else <paramref name="members"/>.</param>
/// <param name="members">The number of members.</param>
/// <param name="width">The width of the strip.</param>
/// <param name="factors">The factors, a row for each member.</param>
/// <param name="summands">The summands; null for none.</param>
internal readonly unsafe struct ScaleMembers(float* input, float* output, int batchRows, int copies, int members, int width, float* factors, float* summands) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        float* to = output;
        nint between = copies == 1 ? 0 : width;
        for (int row = 0; row < batchRows; row++)
        {
            float* from = input + (nint)row * copies * width;
            for (nint member = 0; member < members; member++, from += between, to += width)
            {
                float* factor = factors + member * width;
                float* summand = summands == null ? null : summands + member * width;
                for (int column = 0; column < width; column += TVector.Count)
                {
                    TVector value = TVector.Load(from + column);
                    (summand == null
                        ? value * TVector.Load(factor + column)
                        : TVector.MultiplyAdd(value, TVector.Load(factor + column), TVector.Load(summand + column))).Store(to + column);
                }
            }
        }
    }
}

/// <summary>
/// gradient x factor for one strip, and for each slice and member Σ gradient x input and Σ gradient: the gradients of factors and summands.
/// </summary>
/// <param name="input">The first input row.</param>
/// <param name="gradients">The gradients with respect to the output.</param>
/// <param name="inputGradients">Receives those with respect to the input, members added up where they share it; null where nobody asks.</param>
/// <param name="batchRows">The rows of the batch.</param>
/// <param name="copies">The input rows of each: 1 where members share it, else <paramref name="members"/>.</param>
/// <param name="members">The number of members.</param>
/// <param name="width">The width of the strip.</param>
/// <param name="factors">The factors, a row for each member.</param>
/// <param name="sums">Receives the sums of the first slice: a row for each member's factors and, if any, one for each one's summands.</param>
/// <param name="hasShift">Whether there are summands.</param>
internal readonly unsafe struct ScaleMembersBackward(
    float* input, float* gradients, float* inputGradients, int batchRows, int copies, int members, int width, float* factors, float* sums, bool hasShift) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        float* result = sums;
        nint inputStride = (nint)copies * width, stride = (nint)members * width;
        for (int first = 0; first < batchRows; first += SliceMoments.Rows)
        {
            int rows = Math.Min(SliceMoments.Rows, batchRows - first);
            for (nint member = 0; member < members; member++)
            {
                for (int column = 0; column < width; column += TVector.Count)
                {
                    float* gradient = gradients + first * stride + member * width + column;
                    nint at = first * inputStride + (copies == 1 ? 0 : member * width) + column;
                    TVector factor = TVector.Load(factors + member * width + column);
                    TVector scale = TVector.Zero, shift = TVector.Zero;
                    for (int row = 0; row < rows; row++, gradient += stride, at += inputStride)
                    {
                        TVector value = TVector.Load(gradient);
                        scale = TVector.MultiplyAdd(value, TVector.Load(input + at), scale);
                        shift += value;
                        if (inputGradients == null)
                            continue;
                        TVector passed = value * factor;
                        (copies == 1 && member > 0 ? TVector.Load(inputGradients + at) + passed : passed).Store(inputGradients + at);
                    }

                    scale.Store(result + member * width + column);
                    if (hasShift)
                        shift.Store(result + stride + member * width + column);
                }
            }

            result += hasShift ? 2 * stride : stride;
        }
    }
}
