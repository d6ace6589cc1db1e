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
        _tensors = new NetworkWeights(new ParameterLayout(new NetworkDescription(layer.Layout.Width, layer.Outputs, [layer])));
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
    public unsafe DataBlock Apply(DataBlock data, bool inPlace)
    {
        int inputs = data.FeatureCount, outputs = _layer.Outputs;
        long length = (long)data.Rows * outputs;
        if (length > Array.MaxLength)
            throw new InvalidOperationException(Invariant($"{data.Rows} rows of {outputs} features, {outputs - inputs} of which tell what is missing, are more than the {Array.MaxLength} numbers that fit into memory: replace missing values first."));

        float[] results = inPlace && inputs == outputs && data.Features.Array is { } own ? own : GC.AllocateUninitializedArray<float>((int)length);
        var step = _layer.CreateStep(name => this[name]);
        Parallel.For(0, (data.Rows + PortionRows - 1) / PortionRows, portion =>
        {
            int first = portion * PortionRows, rows = Math.Min(PortionRows, data.Rows - first);
            float[] features = ArrayPool<float>.Shared.Rent(rows * inputs);
            var indices = Enumerable.Range(first, rows).ToArray();
            data.Features.Gather(indices, features);

            // One row is as it lies in strips.
            var values = new AlignedBuffer(StripMatrix.PaddedColumns(inputs));
            var free = new AlignedBuffer(StripMatrix.PaddedColumns(outputs));
            for (int row = 0; row < rows; row++)
            {
                features.AsSpan(row * inputs, inputs).CopyTo(values.Span);
                float* output = step.Run(values.Pointer, free.Pointer, 1);
                new ReadOnlySpan<float>(output, outputs).CopyTo(results.AsSpan((first + row) * outputs, outputs));
            }
            ArrayPool<float>.Shared.Return(features);
            GC.KeepAlive(values);
            GC.KeepAlive(free);
        });
        return new DataBlock(data.Rows, outputs, data.TargetCount, results, data.Targets, data.Weights) { Layout = _layer.OutputLayout };
    }

    /// <summary>The first layer of a trained network by itself, and the weights of the rest.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="weights">The weights of the whole network.</param>
    /// <param name="rest">The network without the layer.</param>
    public static (FittedInputs Inputs, NetworkWeights Others) Take(InputLayer layer, NetworkWeights weights, NetworkDescription rest)
    {
        var inputs = new FittedInputs(layer);
        var own = new NetworkWeights(new ParameterLayout(rest));
        foreach (var tensor in weights.Layout.Tensors)
        {
            string name = tensor.Name[(tensor.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
            weights[tensor].CopyTo(tensor.LayerIndex == 0 ? inputs[name] : own[Invariant($"{tensor.LayerIndex - 1}.{name}")]);
        }
        return (inputs, own);
    }

    /// <summary>A trained network with this layer before it.</summary>
    public (NetworkDescription Network, NetworkWeights Weights) Prepend(NetworkDescription network, NetworkWeights weights)
    {
        var whole = new NetworkDescription(_layer.Layout.Width, network.Outputs, [_layer, .. network.Layers]);
        var all = new NetworkWeights(new ParameterLayout(whole));
        foreach (var tensor in all.Layout.Tensors)
        {
            var source = tensor.LayerIndex == 0 ? _tensors : weights;
            string name = tensor.Name[(tensor.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
            source[Invariant($"{Math.Max(0, tensor.LayerIndex - 1)}.{name}")].CopyTo(all[tensor]);
        }
        return (whole, all);
    }
}
