namespace MLExtensions.Networks.Layers;

/// <summary>
/// Embeddings in training. Nobody asks for the gradient with respect to rows. The gradients of the parameters of one slot are computed by one
/// thread, over all rows in order, so that they do not depend on the number of threads.
/// </summary>
internal sealed unsafe class ManagedEmbeddingLayer : ManagedLayer
{
    private readonly EmbeddingLayer _layer;
    private readonly int _index;
    private readonly ParameterStore _store;
    private readonly int _offset;
    private readonly Embedder _embedder;

    // A slot's parameters are shared out as one.
    private readonly int _slots;

    /// <summary>Makes the layer; its parameters are zero.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="place">Where the layer stands: first.</param>
    public ManagedEmbeddingLayer(EmbeddingLayer layer, LayerPlace place)
        : base(place.Input, place.NewMatrix((int)EmbeddingPlaces.OutputsOf(layer)), place.NewMatrix((int)EmbeddingPlaces.OutputsOf(layer)))
    {
        (_layer, _index, _store, _offset) = (layer, place.Index, place.Store, place.Offset);
        _embedder = new Embedder(layer, place.Store.Values, place.Offset);
        _slots = Places.Numbers.Length + Places.Tables.Length;
    }

    /// <summary>Where the gradient of max(0, z) asks whether z is above 0.</summary>
    public override bool KeepsOutput => _layer.Numbers is { IsRectified: true };

    public override int ParameterRows => RowGranularity * _slots;

    public override int ParameterRowLength => _slots == 0 ? 0 : Math.Max(1, Places.Length / ParameterRows);

    private EmbeddingPlaces Places => _embedder.Places;

    public override void Forward(RowRange rows, int step) =>
        _embedder.Compute(Input.At(0, rows.First), Input.StripLength, Output.At(0, rows.First), Output.StripLength, rows.Count);

    public override void Backward(RowRange rows, int step)
    {
    }

    public override void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        for (int slot = parameterRows.First / RowGranularity; slot < parameterRows.End / RowGranularity; slot++)
        {
            bool isNumber = slot < Places.Numbers.Length;
            var table = isNumber ? default : Places.Tables[slot - Places.Numbers.Length];
            int offset = _offset + (isNumber ? Places.Numbers[slot].Offset : table.Offset);
            int length = isNumber ? Places.NumberLength : table.Category.Count * table.Stride;
            if (part != UpdatePart.Parameters)
            {
                _store.Gradients.Span.Slice(offset, length).Clear();
                if (isNumber)
                    AddNumberGradients(slot, batchRows, _store.Gradients.Pointer + offset);
                else
                    AddTableGradients(table, batchRows, _store.Gradients.Pointer + offset);
            }
            if (part != UpdatePart.Gradients)
                updater.Update(offset, length, _index, ParameterRole.Embedding);
        }
    }

    public override void Import(NetworkWeights source)
    {
        EmbeddingTensors.Import(_layer, Places, _store.Values.Pointer + _offset, name => source[$"{_index}.{name}"]);
        _embedder.MakeBases(HasEdges ? source[$"{_index}.edges"] : []);
        if (HasEdges)
            _edges = [.. source[$"{_index}.edges"]];
    }

    public override void Export(AlignedBuffer values, NetworkWeights destination) =>
        EmbeddingTensors.Export(_layer, Places, values.Pointer + _offset, name =>
        {
            var tensor = destination.Layout.Find($"{_index}.{name}")!;
            return destination.Values.AsMemory(tensor.Offset, tensor.Length);
        });

    public override void ExportStatistics(NetworkWeights destination, bool averaged)
    {
        if (HasEdges)
            _edges.CopyTo(destination[$"{_index}.edges"]);
    }

    private bool HasEdges => _layer.Numbers is { EdgeCount: > 0 } && Places.Numbers.Length > 0;

    private float[] _edges = [];

    private void AddTableGradients(TablePlace table, int batchRows, float* gradients)
    {
        for (int row = 0; row < batchRows; row++)
        {
            int index = table.Category.IndexOf(Input[row, table.Category.Slot]);
            if (index < 0)
                continue;
            float* sums = gradients + (nint)index * table.Stride;
            for (int column = 0; column < table.Size; column++)
                sums[column] += Gradient![row, table.Output + column];
        }
    }

    private void AddNumberGradients(int number, int batchRows, float* gradients)
    {
        int count = _embedder.Count, stride = _embedder.Stride, width = _embedder.DimensionWidth, strips = _embedder.DimensionStrips;
        var place = Places.Numbers[number];
        bool hasVectors = _layer.Numbers!.LearnedVectors.Count > 0;
        float* scratch = Embedder.ScratchOf(_embedder.ScratchLength + (hasVectors ? Embedder.Rows * stride + stride * width * strips : 0));
        float* functions = scratch;
        float* results = functions + Embedder.Rows * stride;
        float* numbers = results + Embedder.Rows * width * strips;
        float* ofFunctions = numbers + Embedder.Rows;
        float* transposed = ofFunctions + Embedder.Rows * stride;
        float* biasGradients = gradients + count * width * strips;
        nint vectors = (nint)(biasGradients + width * strips);
        Span<nint> sums = stackalloc nint[_layer.Numbers.LearnedVectors.Count];
        for (int i = 0; i < sums.Length; i++)
            sums[i] = vectors + i * Places.VectorStride * sizeof(float);
        if (hasVectors)
            TransposeWeights(_store.Values.Pointer + _offset + place.Offset, transposed);

        for (int first = 0; first < batchRows; first += Embedder.Rows)
        {
            int rows = Math.Min(Embedder.Rows, batchRows - first);
            _embedder.Gather(Input.At(0, first), Input.StripLength, place.Slot, rows, numbers);
            _embedder.Bases[number].Compute(numbers, rows, functions, stride);
            GatherGradients(place.Output, first, rows, results);
            for (int strip = 0; strip < strips; strip++)
            {
                float* right = results + strip * Embedder.Rows * width;
                float* weightGradients = gradients + strip * count * width;
                new MatrixProduct(
                    new LeftOperand((nint)functions, 1, stride, int.MaxValue, 0), count, rows, (nint)right, width,
                    Start: (nint)weightGradients, StartStride: width, (nint)weightGradients).Compute();
                new MatrixProduct(
                    LeftOperand.Ones, 1, rows, (nint)right, width,
                    Start: (nint)(biasGradients + strip * width), StartStride: 0, (nint)(biasGradients + strip * width)).Compute();
            }
            if (!hasVectors)
                continue;

            FunctionGradients(results, transposed, rows, ofFunctions);
            _embedder.Bases[number].AddGradients(numbers, rows, ofFunctions, stride, sums);
        }
    }

    // The gradients with respect to the functions, [rows x functions]: those of the values times V.
    private void FunctionGradients(float* ofValues, float* transposed, int rows, float* ofFunctions)
    {
        int stride = _embedder.Stride, width = _embedder.DimensionWidth;
        new Span<float>(ofFunctions, rows * stride).Clear();
        for (int row = 0; row < rows; row++)
        {
            float* sums = ofFunctions + (nint)row * stride;
            for (int dimension = 0; dimension < _embedder.Dimension; dimension++)
            {
                float value = ofValues[(dimension / width * Embedder.Rows + row) * width + dimension % width];
                InstructionSet.Run(new AddScaled(transposed + (nint)dimension * stride, value, stride, sums));
            }
        }
    }

    private void TransposeWeights(float* weights, float* transposed)
    {
        int count = _embedder.Count, stride = _embedder.Stride, width = _embedder.DimensionWidth;
        new Span<float>(transposed, _embedder.Dimension * stride).Clear();
        for (int dimension = 0; dimension < _embedder.Dimension; dimension++)
        {
            for (int function = 0; function < count; function++)
                transposed[(nint)dimension * stride + function] = weights[(dimension / width * count + function) * width + dimension % width];
        }
    }

    // Those of one number, 0 where z was negative and became 0; padding is 0.
    private void GatherGradients(int output, int first, int rows, float* results)
    {
        int width = _embedder.DimensionWidth;
        new Span<float>(results, Embedder.Rows * width * _embedder.DimensionStrips).Clear();
        for (int row = 0; row < rows; row++)
        {
            for (int dimension = 0; dimension < _embedder.Dimension; dimension++)
            {
                if (!_layer.Numbers!.IsRectified || Output[first + row, output + dimension] > 0)
                    results[(dimension / width * Embedder.Rows + row) * width + dimension % width] = Gradient![first + row, output + dimension];
            }
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
