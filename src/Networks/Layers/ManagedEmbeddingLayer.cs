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
            if (part == UpdatePart.Gradients)
                continue;
            updater.Update(offset, length, _index, ParameterRole.Embedding);
            if (isNumber)
                _embedder.Numbers[slot].Refresh();
        }
    }

    public override void Refresh()
    {
        foreach (NumberValues number in _embedder.Numbers)
            number.Refresh();
    }

    public override void Import(NetworkWeights source)
    {
        EmbeddingTensors.Import(_layer, Places, _store.Values.Pointer + _offset, name => source[$"{_index}.{name}"]);
        _embedder.MakeNumbers(HasEdges ? source[$"{_index}.edges"] : []);
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
        NumberShape shape = _embedder.Shape;
        NumberValues own = _embedder.Numbers[number];
        var place = Places.Numbers[number];
        float* numbers = Embedder.ScratchOf(NumberValues.Rows * (1 + shape.Padded) + own.GradientScratchLength);
        float* copies = numbers + NumberValues.Rows;
        float* scratch = copies + NumberValues.Rows * shape.Padded;
        bool isDirect = own.TakesAnyStride && !_layer.Numbers!.IsRectified && _embedder.IsInOnePiece(place);

        own.BeginGradients(scratch);
        for (int first = 0; first < batchRows; first += NumberValues.Rows)
        {
            int rows = Math.Min(NumberValues.Rows, batchRows - first);
            _embedder.Gather(Input.At(0, first), Input.StripLength, place.Slot, rows, numbers);
            if (isDirect)
            {
                float* ofValues = Gradient!.At(place.Output / Gradient.Width, first) + place.Output % Gradient.Width;
                own.AddGradients(numbers, rows, ofValues, Gradient.Width, gradients, scratch);
                continue;
            }
            GatherGradients(place.Output, first, rows, copies);
            own.AddGradients(numbers, rows, copies, shape.Width, gradients, scratch);
        }
        own.EndGradients(gradients, scratch);
    }

    // Those of one number, 0 where z was negative and became 0; padding is 0.
    private void GatherGradients(int output, int first, int rows, float* results)
    {
        NumberShape shape = _embedder.Shape;
        new Span<float>(results, NumberValues.Rows * shape.Padded).Clear();
        Span<float> values = stackalloc float[shape.Width];
        for (int strip = 0; strip < shape.Strips; strip++)
        {
            int column = output + strip * shape.Width, columns = Math.Min(shape.Width, shape.Dimension - strip * shape.Width);
            for (int row = 0; row < rows; row++)
            {
                var to = new Span<float>(results + (strip * NumberValues.Rows + row) * shape.Width, columns);
                Gradient!.GetRow(first + row, to, column);
                if (!_layer.Numbers!.IsRectified)
                    continue;
                Output.GetRow(first + row, values[..columns], column);
                for (int i = 0; i < columns; i++)
                    to[i] = values[i] > 0 ? to[i] : 0;
            }
        }
    }
}
