using System.Buffers;

namespace MLExtensions.Networks.Inputs;

/// <summary>A fitted first layer with its tensors, by itself: rows pass it before training, and it is put before what was trained.</summary>
internal sealed class FittedInputs
{
    private const int PortionRows = 1024;

    private readonly InputLayer _layer;
    private readonly NetworkWeights _tensors;

    /// <summary>Makes a layer whose tensors are zero.</summary>
    public FittedInputs(InputLayer layer)
    {
        _layer = layer;
        _tensors = FirstLayers.TensorsOf(layer, layer.Layout.Width);
    }

    private FittedInputs(InputLayer layer, NetworkWeights tensors) => (_layer, _tensors) = (layer, tensors);

    /// <summary>A tensor of the layer.</summary>
    public Span<float> this[string name] => _tensors[$"0.{name}"];

    /// <summary>Fits the scaling that options ask for; null where they ask for none.</summary>
    /// <param name="scaling">The scaling.</param>
    /// <param name="data">The data.</param>
    /// <param name="trainingRows">The rows that it is fitted to.</param>
    /// <param name="otherRows">Rows that only tell which slots may be missing.</param>
    /// <param name="seed">The seed of the training.</param>
    public static FittedInputs? Of(InputScaling? scaling, DataBlock data, int[] trainingRows, int[] otherRows, int seed)
    {
        if (scaling is null)
            return null;

        var slots = new NumberSlots(data, trainingRows, otherRows);
        var layout = (data.Layout ?? RowLayout.Numbers(data.FeatureCount)) with { Missing = [.. slots.Missing] };
        var fitted = scaling.Fit(layout, slots, seed);
        var flags = Enumerable.Range(0, layout.Width).Where(slot => !layout.IsCategory(slot) && !slots.IsScaled(slot));
        return new FittedInputs(fitted._layer, fitted._tensors) { Flags = [.. flags, .. Enumerable.Range(layout.Width, layout.Missing.Count)] };
    }

    /// <summary>What the slots of a row are before the layer, and which may be missing.</summary>
    public RowLayout Layout => _layer.Layout;

    /// <summary>What the slots of a row are behind the layer.</summary>
    public RowLayout OutputLayout => _layer.OutputLayout;

    /// <summary>The slots behind the layer that are 0 or 1: those that were, and those that tell what is missing.</summary>
    public IReadOnlyList<int> Flags { get; private init; } = [];

    /// <summary>The number of slots behind the layer.</summary>
    public int Outputs => _layer.Outputs;

    /// <summary>The rows behind the layer.</summary>
    /// <param name="data">The rows before it.</param>
    /// <param name="inPlace">Whether their memory may be used, and nobody needs them as they are.</param>
    /// <param name="mostBytes">The memory that rows before and behind the layer may take together; more are mapped whenever they are read.</param>
    public DataBlock Apply(DataBlock data, bool inPlace, long mostBytes = long.MaxValue)
    {
        var map = new InputMap(_layer.CreateStep(name => this[name]), data.FeatureCount, _layer.Outputs);
        var features = data.Features.Behind(map)
            ?? (inPlace && _layer.Outputs == data.FeatureCount && data.Features.Array is { } own ? Map(data, map, own)
            : sizeof(float) * (long)data.Rows * (data.FeatureCount + _layer.Outputs) > mostBytes ? new MappedRows(data.Features, map)
            : Map(data, map, null));
        return data with { FeatureCount = _layer.Outputs, Features = features, Layout = _layer.OutputLayout };
    }

    private MemoryRows Map(DataBlock data, InputMap map, float[]? room)
    {
        int inputs = data.FeatureCount, outputs = _layer.Outputs;
        long length = (long)data.Rows * outputs;
        if (length > Array.MaxLength)
            throw new InvalidOperationException(Invariant($"{data.Rows} rows of {outputs} features, {outputs - inputs} of which tell what is missing, are more than the {Array.MaxLength} numbers that fit into memory: replace missing values first, or set RowMemory."));

        float[] results = room ?? GC.AllocateUninitializedArray<float>((int)length);
        Parallel.For(0, (data.Rows + PortionRows - 1) / PortionRows, portion =>
        {
            int first = portion * PortionRows, rows = Math.Min(PortionRows, data.Rows - first);
            float[] features = ArrayPool<float>.Shared.Rent(rows * inputs);
            int[] indices = [.. Enumerable.Range(first, rows)];
            data.Features.Gather(indices, features);
            map.Run(features, rows, results.AsSpan(first * outputs, rows * outputs));
            ArrayPool<float>.Shared.Return(features);
        });
        return new MemoryRows(results, data.Rows, outputs);
    }

    /// <summary>The first layer of a trained network by itself.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="tensors">Its tensors.</param>
    public static FittedInputs Taken(InputLayer layer, NetworkWeights tensors) => new(layer, tensors);

    /// <summary>A trained network with this layer before it.</summary>
    public (NetworkDescription Network, NetworkWeights Weights) Prepend(NetworkDescription network, NetworkWeights weights) =>
        FirstLayers.Prepend(_layer, _tensors, _layer.Layout.Width, network, weights);
}
