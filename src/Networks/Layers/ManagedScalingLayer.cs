namespace MLExtensions.Networks.Layers;

/// <summary>x s, with learned factors s.</summary>
/// <param name="layer">The size.</param>
/// <param name="place">Where the layer stands.</param>
internal sealed unsafe class ManagedScalingLayer(ScalingLayer layer, LayerPlace place)
    : ManagedVectorLayer(ParameterRole.InputScale, layer.Size, layer.Size, place)
{
    public override void ForwardUnits(int strip, RowRange rows, int step) => InstructionSet.Run(new Scale(
            Input.At(strip, rows.First), Output.At(strip, rows.First), rows.Count, Input.Width, Vector.Values + strip * Input.Width));

    public override void BackwardUnits(int strip, RowRange rows, int step) => InstructionSet.Run(new ScaleBackward(
            Input.At(strip, rows.First), Gradient!.At(strip, rows.First), rows.Count, Input.Width,
            Vector.Values + strip * Input.Width, Sums.At(strip, SliceAt(rows))));

    /// <summary>output = input x factor, for one strip.</summary>
    private readonly struct Scale(float* input, float* output, int rows, int width, float* factors) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (int column = 0; column < width; column += TVector.Count)
            {
                TVector factor = TVector.Load(factors + column);
                for (int row = 0; row < rows; row++)
                {
                    nint at = (nint)row * width + column;
                    (TVector.Load(input + at) * factor).Store(output + at);
                }
            }
        }
    }

    /// <summary>gradient = gradient x factor, for one strip, and Σ gradient x input over the rows of each slice: the gradients of the factors.</summary>
    private readonly struct ScaleBackward(float* input, float* gradients, int rows, int width, float* factors, float* sums) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (int column = 0; column < width; column += TVector.Count)
            {
                TVector factor = TVector.Load(factors + column);
                float* result = sums + column;
                for (int first = 0; first < rows; first += SliceMoments.Rows, result += width)
                {
                    TVector sum = TVector.Zero;
                    int end = Math.Min(first + SliceMoments.Rows, rows);
                    for (int row = first; row < end; row++)
                    {
                        nint at = (nint)row * width + column;
                        TVector gradient = TVector.Load(gradients + at);
                        sum = TVector.MultiplyAdd(gradient, TVector.Load(input + at), sum);
                        (gradient * factor).Store(gradients + at);
                    }

                    sum.Store(result);
                }
            }
        }
    }
}
