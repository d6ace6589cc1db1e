namespace MLExtensions.Networks.Explanation;

/// <summary>
/// A trained network as a function with derivatives: its outputs as a model scores them (dropout left out, running statistics in batch
/// normalization), and their gradient with respect to what the layers behind those of the input get. It computes with the layers of the
/// training. For one thread at a time.
/// </summary>
/// <remarks>
/// The layers of the input (scaling, means over neighbours, embeddings, one-hot) come first and treat each slot by itself, but for those means: what stands behind them, the columns, has
/// one slot each, or two. There a category is a point in space, and a bin's edge is no break.
/// </remarks>
internal sealed unsafe class GradientNetwork
{
    private readonly ScoringStep[] _encoding;
    private readonly AlignedBuffer _encodingScratch;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly StripMatrix _columns;
    private readonly StripMatrix _gradient;
    private readonly ManagedLayer[] _layers;
    private readonly float[] _memberOutputs;
    private readonly int _members = 1;
    private readonly EnsembleMean _mean;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">The network; neither an ensemble nor of an application's own.</param>
    /// <param name="weights">Its weights; copied.</param>
    public GradientNetwork(NetworkDescription network, NetworkWeights weights)
    {
        (_inputs, _outputs) = (network.Inputs, network.Outputs);
        int first = 0, width = network.Inputs;
        while (network.Layers[first] is InputLayer or NeighborMeansLayer or OneHotLayer or EmbeddingLayer)
            width = network.Layers[first++].OutputsFor(width)!.Value;
        SlotsOfColumn = ColumnSlots.Behind(network.Layers.Take(first), network.Inputs);
        var plan = new ScoringPlan(new NetworkDescription(network.Inputs, width, [.. network.Layers.Take(first)]), weights);
        _encoding = plan.Steps;
        _encodingScratch = new AlignedBuffer(2 * RowRange.PortionRows * plan.Widest);

        int most = 1;
        for (int index = first, members = 1; index < network.Layers.Count; index++)
            most = Math.Max(most, members = network.Layers[index].MembersAfter(members)!.Value);
        Capacity = MemberRows.PortionOf(most);
        _columns = new StripMatrix(Capacity, width);
        _gradient = new StripMatrix(Capacity, width);
        _layers = Open(network, first, weights);
        if (network.Layers[^1] is MemberOutputLayer output)
            (_members, _mean) = (output.Members, output.Mean);
        _memberOutputs = new float[Capacity * _members * _outputs];
    }

    /// <summary>The most rows that go through the layers at once.</summary>
    public int Capacity { get; }

    /// <summary>The slots that each column is made of: one, or two that share what it contributes.</summary>
    public NumberPair[] SlotsOfColumn { get; }

    /// <summary>The number of columns.</summary>
    public int Columns => SlotsOfColumn.Length;

    /// <summary>Lets rows pass the layers of the input.</summary>
    /// <param name="rows">The rows, [count x inputs].</param>
    /// <param name="count">Their number.</param>
    /// <param name="columns">Receives the columns, [count x columns].</param>
    public void Encode(ReadOnlySpan<float> rows, int count, Span<float> columns)
    {
        for (int first = 0; first < count; first += RowRange.PortionRows)
        {
            int portion = Math.Min(RowRange.PortionRows, count - first);
            var input = new StripMatrix(_encodingScratch, 0, portion, _inputs);
            for (int row = 0; row < portion; row++)
                input.SetRow(row, rows.Slice((first + row) * _inputs, _inputs));

            float* values = _encodingScratch.Pointer, free = values + _encodingScratch.Length / 2;
            foreach (var step in _encoding)
            {
                float* result = step.Run(values, free, portion);
                free = result == free ? values : free;
                values = result;
            }

            var output = new StripMatrix(_encodingScratch, (int)(values - _encodingScratch.Pointer), portion, Columns);
            for (int row = 0; row < portion; row++)
                output.GetRow(row, columns.Slice((first + row) * Columns, Columns));
        }

        // The kernels hold bare pointers.
        GC.KeepAlive(this);
    }

    /// <summary>Computes the outputs of some rows, as many as <see cref="Capacity"/> at most.</summary>
    /// <param name="columns">What stands behind the layers of the input, [rows x columns].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputs">Receives the logits or values, [rows x outputs].</param>
    public void Forward(ReadOnlySpan<float> columns, int rows, Span<float> outputs)
    {
        for (int row = 0; row < rows; row++)
            _columns.SetRow(row, columns.Slice(row * Columns, Columns));
        foreach (var layer in _layers)
            layer.Forward(MemberRows.Of(new RowRange(0, rows), layer.RowFactor), step: 0);

        int length = _members * _outputs;
        for (int row = 0; row < rows; row++)
        {
            var own = _memberOutputs.AsSpan(row * length, length);
            _layers[^1].Output.GetRow(row, own);
            MeanGradient.Mean(_mean, own, outputs.Slice(row * _outputs, _outputs));
        }
        GC.KeepAlive(this);
    }

    /// <summary>Computes the gradient for the rows that have passed last.</summary>
    /// <param name="ofOutputs">The gradient of something with respect to the outputs, [rows x outputs].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="ofColumns">Receives that with respect to the columns, [rows x columns].</param>
    public void Backward(ReadOnlySpan<double> ofOutputs, int rows, Span<float> ofColumns)
    {
        int length = _members * _outputs;
        double[] ofMembers = new double[length];
        float[] rounded = new float[length];
        for (int row = 0; row < rows; row++)
        {
            MeanGradient.Share(_mean, _memberOutputs.AsSpan(row * length, length), ofOutputs.Slice(row * _outputs, _outputs), ofMembers);
            for (int i = 0; i < length; i++)
                rounded[i] = (float)ofMembers[i];
            _layers[^1].Gradient!.SetRow(row, rounded);
        }

        for (int i = _layers.Length - 1; i >= 0; i--)
            _layers[i].Backward(MemberRows.Of(new RowRange(0, rows), _layers[i].RowFactor), step: 0);
        for (int row = 0; row < rows; row++)
            _gradient.GetRow(row, ofColumns.Slice(row * Columns, Columns));
        GC.KeepAlive(this);
    }

    private ManagedLayer[] Open(NetworkDescription network, int first, NetworkWeights weights)
    {
        var store = new ParameterStore(network.Layers.Skip(first).Sum(layer => layer.StoredLength));
        var layers = new List<ManagedLayer>();
        int offset = 0, members = 1;
        for (int index = first; index < network.Layers.Count; index++)
        {
            var description = network.Layers[index];
            int after = description.MembersAfter(members)!.Value, factor = Math.Min(members, after);
            members = after;
            if (description is DropoutLayer)
                continue;

            var previous = layers.LastOrDefault();
            var place = new LayerPlace
            {
                Index = index,
                BatchRows = Capacity * factor,
                Input = previous?.Output ?? _columns,
                MayOverwriteInput = previous is not { KeepsOutput: true },
                InputGradient = previous is null ? _gradient : previous.Gradient,
                Store = store,
                Offset = offset,
            };
            int at = index;
            ManagedLayer layer = description switch
            {
                // In scoring both do what does not depend on other rows, or on chance.
                BatchNormalizationLayer normalization => new FactorsLayer(normalization.FactorsOf(name => weights[$"{at}.{name}"]), place),
                LinearLayer linear => (linear with { DropConnectRate = 0 }).Open(place),
                _ => description.Open(place),
            };
            layer.RowFactor = factor;
            layer.Import(weights);
            layers.Add(layer);
            offset += description.StoredLength;
        }
        return [.. layers];
    }
}
