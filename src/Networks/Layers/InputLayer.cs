namespace MLExtensions.Networks;

/// <summary>
/// What was learned about the features before training, as the first layer of a fitted network: scales numbers, puts the middle of the
/// training rows, 0, in the place of a missing one, and adds a slot behind all others for each that may be missing, 1 where it is.
/// Categories stay as they are. It is not trained: engines get rows that have passed it already.
/// </summary>
/// <param name="Layout">What the slots of a row are, and which may be missing.</param>
public abstract record InputLayer(RowLayout Layout) : Layer
{
    internal sealed override RowLayout InputLayout => Layout;

    internal sealed override RowLayout OutputLayout => new(Outputs, Layout.Categories);

    internal int Outputs => Layout.Width + Layout.Missing.Count;

    internal sealed override int? OutputsFor(int inputs) => Layout.Width == inputs && Outputs <= NetworkChecks.MaximumWidth && IsPossible ? Outputs : null;

    /// <summary>Whether constants beside the layout are.</summary>
    internal virtual bool IsPossible => true;

    internal sealed override void WriteTorch(SequentialWriter writer)
    {
        if (Layout.Missing.Count > 0)
            throw NoTorch("A place for missing numbers", "replace them before the trainer");
        if (Layout.HasCategories)
            throw NoTorch("A category among the features", "encode categories before the trainer");
        WriteTorchNumbers(writer);
    }

    internal sealed override ManagedLayer Open(LayerPlace place) =>
        throw new NotSupportedException($"{GetType().Name} is fitted before training, not trained: open a network without it, on rows that have passed it.");

    internal sealed override ScoringStep Score(ScoringPlan plan) => CreateStep(name => plan[name]);

    internal sealed override string WriteOnnx(OnnxNetwork network, string input)
    {
        var graph = network.Graph;
        string missing = graph.Node("IsNaN", [input]);
        bool[] scaled = [.. Enumerable.Range(0, Layout.Width).Select(slot => !Layout.IsCategory(slot) && IsScaled(network.Tensors, slot))];
        string isScaled = graph.Constant(scaled, 1, Layout.Width);
        string numbers = graph.Where(missing, graph.Constant(0f), WriteOnnxNumbers(network, input));
        string values = graph.Where(isScaled, numbers, input);
        return Layout.Missing.Count == 0 ? values : graph.Concatenate(values, graph.Cast(graph.Columns(missing, Layout.Missing), OnnxType.Single));
    }

    /// <summary>Writes what becomes of numbers, all slots taken for scaled ones and none for missing.</summary>
    internal abstract string WriteOnnxNumbers(OnnxNetwork network, string input);

    /// <summary>Writes what becomes of numbers as modules of PyTorch; none is missing, and there are no categories.</summary>
    /// <exception cref="NotSupportedException">It has no form there.</exception>
    private protected abstract void WriteTorchNumbers(SequentialWriter writer);

    /// <summary>Whether a number is scaled.</summary>
    internal virtual bool IsScaled(Func<string, float[]> tensors, int slot) => true;

    /// <summary>What the layer does to rows.</summary>
    /// <param name="tensors">Gives the tensors of the layer by name.</param>
    internal abstract InputStep CreateStep(LayerTensors tensors);
}

/// <summary>Gives a tensor of a layer by its name.</summary>
internal delegate ReadOnlySpan<float> LayerTensors(string name);
