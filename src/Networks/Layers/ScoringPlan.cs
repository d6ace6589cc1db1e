namespace MLExtensions.Networks.Layers;

/// <summary>Turns a network and its weights into steps, layer by layer; layers ask it where they stand.</summary>
internal sealed class ScoringPlan
{
    private readonly NetworkDescription _network;
    private readonly NetworkWeights _weights;
    private int _index;

    /// <summary>Makes the steps.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="dropoutKey">The key of the units that dropout leaves out; null for scoring without.</param>
    public ScoringPlan(NetworkDescription network, NetworkWeights weights, ulong? dropoutKey = null)
    {
        (_network, _weights, DropoutKey) = (network, weights, dropoutKey);
        Width = network.Inputs;
        Widest = StripMatrix.PaddedColumns(Width);
        int members = 1;
        var steps = new List<ScoringStep>();
        for (; _index < network.Layers.Count; _index++)
        {
            Layer layer = network.Layers[_index];
            int after = layer.MembersAfter(members) ?? throw new ArgumentException($"{layer} does not fit {Plural.Of(members, "member")}.", nameof(network));
            if (layer.Score(this) is { } step)
            {
                step.RowFactor = Math.Min(members, after);
                steps.Add(step);
            }
            members = after;
            Members = Math.Max(Members, members);
            if (layer is MemberOutputLayer output)
                Widest = Math.Max(Widest, MemberOutputStep.WidthOf(output));
            Width = layer.OutputsFor(Width) ?? throw new ArgumentException($"{layer} does not fit {Plural.Of(Width, "value")}.", nameof(network));
            Widest = Math.Max(Widest, members * StripMatrix.PaddedColumns(Width));
        }

        Steps = [.. steps];
    }

    /// <summary>The steps, in order.</summary>
    public ScoringStep[] Steps { get; }

    /// <summary>The key of the units that dropout leaves out; null where it does nothing.</summary>
    public ulong? DropoutKey { get; }

    /// <summary>The place of the present layer in the network.</summary>
    public int Index => _index;

    /// <summary>The number of values that the present layer is given.</summary>
    public int Width { get; private set; }

    /// <summary>The most values that a layer is given or gives for a row, with padding, those of all members together.</summary>
    public int Widest { get; }

    /// <summary>The networks that this is at once.</summary>
    public int Members { get; } = 1;

    /// <summary>A tensor of the present layer.</summary>
    /// <param name="name">Its name in the layer, such as <c>weight</c>.</param>
    public ReadOnlySpan<float> this[string name] => _weights[$"{_index}.{name}"];

    /// <summary>Goes to the next layer if it is a product and a sum for each unit, which the present one takes into its own; else gives null.</summary>
    public UnitFactors? TakeNextFactors()
    {
        if (_index + 1 == _network.Layers.Count)
            return null;

        _index++;
        UnitFactors? factors = _network.Layers[_index].FactorsOf(name => this[name]);
        if (factors is null)
            _index--;
        return factors;
    }
}

/// <summary>One operation of a prepared network. Immutable: threads share it and bring their own memory.</summary>
internal abstract unsafe class ScoringStep
{
    /// <summary>The rows of the step for each row that is scored.</summary>
    public int RowFactor { get; set; } = 1;

    /// <summary>Computes.</summary>
    /// <param name="values">The input, strips of <paramref name="rows"/> rows.</param>
    /// <param name="free">Memory for the output, of the same kind, where the step does not work in place.</param>
    /// <param name="rows">The number of rows.</param>
    /// <returns>Where the output is: one of the two pointers.</returns>
    public abstract float* Run(float* values, float* free, int rows);
}
