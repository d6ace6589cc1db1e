namespace MLExtensions.Networks.Layers;

/// <summary>
/// x s, with learned factors s. Their gradients are summed over slices of rows, which are the same for any number of threads, and joined in
/// order before the update.
/// </summary>
internal sealed unsafe class ManagedScalingLayer : ManagedLayer
{
    private readonly ParameterVector _factors;
    private readonly StripMatrix _sums;

    /// <summary>Makes the layer; its factors are zero.</summary>
    /// <param name="layer">The size.</param>
    /// <param name="place">Where the layer stands.</param>
    public ManagedScalingLayer(ScalingLayer layer, LayerPlace place)
    {
        _factors = new ParameterVector(ParameterRole.InputScale, layer.Size, place.Index, place.Store, place.Offset);
        _sums = new StripMatrix((place.BatchRows + SliceMoments.Rows - 1) / SliceMoments.Rows, layer.Size);
    }

    public override int ParameterRows => 1;

    public override int ParameterRowLength => _factors.Padded;

    public override void Forward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            InstructionSet.Run(new Scale(
                Input.At(strip, rows.First), Output.At(strip, rows.First), rows.Count, Input.Width, _factors.Values + strip * Input.Width));
        }
    }

    public override void Backward(RowRange rows, int step)
    {
        int slice = rows.First / SliceMoments.Rows;
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            InstructionSet.Run(new ScaleBackward(
                Input.At(strip, rows.First), Gradient!.At(strip, rows.First), rows.Count, Input.Width,
                _factors.Values + strip * Input.Width, _sums.At(strip, slice)));
        }
    }

    public override void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        if (parameterRows.Count == 0)
            return;

        int slices = (batchRows + SliceMoments.Rows - 1) / SliceMoments.Rows;
        for (int strip = 0; strip < _sums.StripCount && part != UpdatePart.Parameters; strip++)
            InstructionSet.Run(new SumRows(_sums.At(strip, 0), slices, _sums.Width, _factors.Gradients + strip * _sums.Width));
        if (part != UpdatePart.Gradients)
            _factors.Update(updater);
    }

    public override void Import(NetworkWeights source) => _factors.Import(source);

    public override void Export(NetworkWeights destination) => _factors.Export(destination);

    public override void ExportGradients(NetworkWeights destination) => _factors.ExportGradients(destination);

    public override void ExportAverages(WeightAverage averages, NetworkWeights destination) => _factors.ExportAverages(averages, destination);

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
