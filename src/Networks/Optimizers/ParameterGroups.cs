namespace MLExtensions.Networks.Optimizers;

/// <summary>The group of each tensor of a network.</summary>
internal sealed class ParameterGroups
{
    private readonly ParameterGroup[,] _groups;

    /// <summary>Works out the groups.</summary>
    /// <param name="layout">The tensors.</param>
    /// <param name="settings">The factors, and what penalties act on.</param>
    public ParameterGroups(ParameterLayout layout, UpdateSettings settings)
    {
        var factors = settings.Factors;
        // Linear layers alone have biases; a network of the application's own is one layer without, which is neither first nor last.
        int[] linear = [.. layout.Tensors.Where(tensor => tensor.Role == ParameterRole.Bias).Select(tensor => tensor.LayerIndex)];
        int first = linear.Length > 0 ? linear.Min() : -1;
        int last = linear.Length > 0 ? linear.Max() : -1;
        // All that stands before the first linear layer that is not frozen.
        int trained = settings.FrozenHiddenLayers > 0 ? linear.Distinct().Order().ElementAtOrDefault(settings.FrozenHiddenLayers) : 0;
        int layers = layout.Tensors.Select(tensor => tensor.LayerIndex).DefaultIfEmpty(-1).Max() + 1;
        var roles = Enum.GetValues<ParameterRole>();
        _groups = new ParameterGroup[layers, roles.Length];
        for (int layer = 0; layer < layers; layer++)
        {
            float place = (layer == first ? factors.FirstLayer : 1) * (layer == last ? factors.LastLayer : 1);
            if (layer < trained)
                place = 0;
            foreach (var role in roles)
                _groups[layer, (int)role] = new ParameterGroup(place * FactorOf(role), settings.PenalizesAll || role == ParameterRole.Weight);
        }
        if (settings.NeuralTangent)
        {
            foreach (var tensor in layout.Tensors.Where(tensor => tensor.Role == ParameterRole.Weight))
                _groups[tensor.LayerIndex, (int)tensor.Role] = this[tensor.LayerIndex, tensor.Role] with { ShareOfStep = 1 / MathF.Sqrt(tensor.Shape[^1]) };
        }

        float FactorOf(ParameterRole role) => role switch
        {
            ParameterRole.Weight => factors.Weights,
            ParameterRole.Bias or ParameterRole.MemberShift => factors.Biases,
            ParameterRole.NormalizationScale or ParameterRole.NormalizationShift => factors.Normalization,
            ParameterRole.ActivationSlope => factors.ActivationSlopes,
            ParameterRole.InputScale => factors.InputScales,
            ParameterRole.Embedding => factors.Embeddings,
            _ => 1,
        };
    }

    /// <summary>The group of a tensor.</summary>
    /// <param name="layer">The index of its layer in the network.</param>
    /// <param name="role">What it is for.</param>
    public ParameterGroup this[int layer, ParameterRole role] => _groups[layer, (int)role];
}

/// <summary>How the parameters of one tensor are updated.</summary>
/// <param name="RateFactor">The factor on the learning rate.</param>
/// <param name="IsPenalized">Whether L1, L2 and weight decay act on them.</param>
/// <param name="ShareOfStep">A further factor on steps along the gradient, and none on the decay.</param>
internal readonly record struct ParameterGroup(float RateFactor, bool IsPenalized, float ShareOfStep = 1)
{
    /// <summary>The whole factor on steps along the gradient.</summary>
    public float StepFactor => RateFactor * ShareOfStep;
}
