namespace MLExtensions.Networks;

/// <summary>The group of each tensor of a network.</summary>
public sealed class ParameterGroups
{
    private readonly ParameterGroup[,] _groups;

    /// <summary>Works out the groups.</summary>
    /// <param name="network">The network.</param>
    /// <param name="settings">The factors, and what penalties act on.</param>
    public ParameterGroups(IParameterSource network, UpdateSettings settings)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(settings);

        var factors = settings.Factors;
        ParameterTensor[] tensors = [.. network.Parameters];
        // Linear layers have a bias. A network of the application's own is one layer, which is neither the first nor the last.
        int[] linear = [.. tensors.Where(tensor => tensor.Role == ParameterRole.Bias).Select(tensor => tensor.LayerIndex)];
        int first = linear.Length > 0 ? linear[0] : -1;
        int last = linear.Length > 0 ? linear[^1] : -1;
        var roles = Enum.GetValues<ParameterRole>();
        _groups = new ParameterGroup[tensors.Length > 0 ? tensors.Max(tensor => tensor.LayerIndex) + 1 : 0, roles.Length];
        for (int layer = 0; layer < _groups.GetLength(0); layer++)
        {
            float place = (layer == first ? factors.FirstLayer : 1) * (layer == last ? factors.LastLayer : 1);
            foreach (var role in roles)
                _groups[layer, (int)role] = new ParameterGroup(place * FactorOf(role), settings.PenalizesAll || role == ParameterRole.Weight);
        }

        float FactorOf(ParameterRole role) => role switch
        {
            ParameterRole.Weight => factors.Weights,
            ParameterRole.Bias => factors.Biases,
            ParameterRole.NormalizationScale or ParameterRole.NormalizationShift => factors.Normalization,
            ParameterRole.ActivationSlope => factors.ActivationSlopes,
            _ => 1,
        };
    }

    /// <summary>The group of a tensor.</summary>
    /// <param name="layer">The index of its layer in the network.</param>
    /// <param name="role">What it is for.</param>
    public ParameterGroup this[int layer, ParameterRole role] => _groups[layer, (int)role];
}
