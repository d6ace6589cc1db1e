namespace MLExtensions.Networks.Layers;

/// <summary>Values of functions that are all computed: matrix products.</summary>
/// <param name="shape">How the parameters lie in memory.</param>
/// <param name="basis">The functions.</param>
/// <param name="vectors">Their learned vectors: how many, and the floats of each.</param>
/// <param name="parameters">The first of the parameters, as a pointer to float.</param>
internal sealed unsafe class FunctionValues(NumberShape shape, NumberBasis basis, (int Count, int Stride) vectors, nint parameters) : NumberValues
{
    // The functions with padding.
    private readonly int _stride = StripMatrix.PaddedColumns(shape.Functions);

    public override int ScratchLength => Rows * _stride;

    public override int GradientScratchLength => vectors.Count > 0 ? 2 * Rows * _stride + _stride * shape.Padded : Rows * _stride;

    public override void Compute(float* numbers, int rows, float* values, nint stride, float* scratch)
    {
        basis.Compute(numbers, rows, scratch, _stride);
        float* weights = (float*)parameters;
        for (int strip = 0; strip < shape.Strips; strip++)
        {
            new MatrixProduct(
                new LeftOperand((nint)scratch, _stride, 1, int.MaxValue, 0), rows, shape.Functions,
                (nint)(weights + strip * shape.Functions * shape.Width), shape.Width,
                Start: (nint)(weights + shape.Bias + strip * shape.Width), StartStride: 0,
                (nint)(values + strip * Rows * shape.Width)).Compute();
        }
    }

    public override void BeginGradients(float* scratch)
    {
        if (vectors.Count > 0)
            TransposeWeights((float*)parameters, scratch + 2 * Rows * _stride);
    }

    public override void AddGradients(float* numbers, int rows, float* ofValues, nint stride, float* gradients, float* scratch)
    {
        basis.Compute(numbers, rows, scratch, _stride);
        for (int strip = 0; strip < shape.Strips; strip++)
        {
            float* right = ofValues + strip * Rows * shape.Width;
            float* ofWeights = gradients + strip * shape.Functions * shape.Width;
            float* ofBiases = gradients + shape.Bias + strip * shape.Width;
            new MatrixProduct(
                new LeftOperand((nint)scratch, 1, _stride, int.MaxValue, 0), shape.Functions, rows, (nint)right, shape.Width,
                Start: (nint)ofWeights, StartStride: shape.Width, (nint)ofWeights).Compute();
            new MatrixProduct(
                LeftOperand.Ones, 1, rows, (nint)right, shape.Width, Start: (nint)ofBiases, StartStride: 0, (nint)ofBiases).Compute();
        }
        if (vectors.Count == 0)
            return;

        float* ofFunctions = scratch + Rows * _stride;
        FunctionGradients(ofValues, ofFunctions + Rows * _stride, rows, ofFunctions);
        Span<nint> sums = stackalloc nint[vectors.Count];
        for (int i = 0; i < sums.Length; i++)
            sums[i] = (nint)(gradients + shape.Vectors + i * vectors.Stride);
        basis.AddGradients(numbers, rows, ofFunctions, _stride, sums);
    }

    // The gradients with respect to the functions, [rows x functions]: those of the values times V.
    private void FunctionGradients(float* ofValues, float* transposed, int rows, float* ofFunctions)
    {
        new Span<float>(ofFunctions, rows * _stride).Clear();
        for (int row = 0; row < rows; row++)
        {
            float* sums = ofFunctions + (nint)row * _stride;
            for (int dimension = 0; dimension < shape.Dimension; dimension++)
            {
                float value = ofValues[(dimension / shape.Width * Rows + row) * shape.Width + dimension % shape.Width];
                InstructionSet.Run(new AddScaled(transposed + (nint)dimension * _stride, value, _stride, sums));
            }
        }
    }

    private void TransposeWeights(float* weights, float* transposed)
    {
        new Span<float>(transposed, shape.Dimension * _stride).Clear();
        for (int dimension = 0; dimension < shape.Dimension; dimension++)
        {
            float* column = weights + dimension / shape.Width * shape.Functions * shape.Width + dimension % shape.Width;
            for (int function = 0; function < shape.Functions; function++)
                transposed[(nint)dimension * _stride + function] = column[(nint)function * shape.Width];
        }
    }

    /// <summary>sums += values x factor.</summary>
    private readonly struct AddScaled(float* values, float factor, int length, float* sums) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector scale = TVector.Create(factor);
            for (int i = 0; i < length; i += TVector.Count)
                TVector.MultiplyAdd(TVector.Load(values + i), scale, TVector.Load(sums + i)).Store(sums + i);
        }
    }
}
