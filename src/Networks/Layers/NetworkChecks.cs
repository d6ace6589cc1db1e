namespace MLExtensions.Networks.Layers;

/// <summary>
/// Checks that a description is a network that can be trained: kernels use pointers, so a wrong size must not reach them. The rule is one,
/// whether the description is an argument or was read from an archive.
/// </summary>
internal static class NetworkChecks
{
    // The values of a portion of rows before and after a layer lie in one array, with less than 1,024 columns of padding each.
    internal const int MaximumWidth = int.MaxValue / (2 * RowRange.PortionRows) - 1024;

    /// <summary>Checks an argument.</summary>
    /// <exception cref="ArgumentException">Layers do not fit one another, or are code of an application.</exception>
    public static void Require(NetworkDescription network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Layers is [CustomLayer custom])
            throw new ArgumentException($"The managed engine has no code for the network '{custom.Name}' of kind {custom.Kind}.", nameof(network));
        if (network.Inputs < 1)
            throw new ArgumentException($"A network needs at least 1 input, got {network.Inputs}.", nameof(network));
        if (WidestOf(network) is > MaximumWidth and var widest)
            throw new ArgumentException($"A layer of {widest} values is too wide, {MaximumWidth} are possible.", nameof(network));
        if (FindMisfit(network) is not var (index, width))
            return;

        throw new ArgumentException(index < network.Layers.Count
            ? $"Layer {index}, {network.Layers[index]}, does not fit: it is given {Plural.Of(width, "value")}."
            : $"The last layer must be linear with {Plural.Of(network.Outputs, "output")}.", nameof(network));
    }

    /// <summary>Checks what was read from an archive.</summary>
    /// <exception cref="FormatException">Layers do not fit one another, or need code that is not registered.</exception>
    public static void Check(NetworkDescription network)
    {
        if (network.Inputs < 1 || network.Outputs < 1)
            throw new FormatException($"a network of {Plural.Of(network.Inputs, "input")} and {Plural.Of(network.Outputs, "output")} is impossible");

        if (network.Layers is [CustomLayer custom])
        {
            custom.Check(network);
            return;
        }

        if (network.Layers is [EnsembleLayer ensemble])
        {
            if (ensemble.OutputsFor(network.Inputs) != network.Outputs)
                throw new FormatException($"the members of an ensemble do not fit {network.Inputs} features and {network.Outputs} outputs");
            foreach (var member in ensemble.Members)
                Check(member);
            return;
        }

        if (WidestOf(network) is > MaximumWidth and var widest)
            throw new FormatException($"a layer of {widest} values is too wide, {MaximumWidth} are possible");
        if (network.Layers.Select(layer => layer?.MissingCode).FirstOrDefault(message => message is not null) is { } missing)
            throw new FormatException(missing);
        if (FindMisfit(network) is not var (index, width))
            return;

        throw new FormatException(index < network.Layers.Count
            ? $"layer {index} ({network.Layers[index]}) does not fit the {Plural.Of(width, "unit")} before it"
            : $"the layers end with {Plural.Of(width, "unit")} in place of a linear layer of {network.Outputs}");
    }

    // Others give no more than they are given, or bound it themselves.
    private static long WidestOf(NetworkDescription network)
    {
        long widest = network.Inputs, members = 1;
        foreach (var layer in network.Layers)
        {
            members = layer?.MembersAfter((int)members) ?? members;
            widest = Math.Max(widest, layer switch
            {
                LinearLayer linear => members * linear.Outputs,
                MemberInputLayer input => members * input.Size,
                MemberOutputLayer output => (output.Members + 1L) * Math.Max(output.Outputs, InstructionSet.VectorCount),
                _ => 0,
            });
        }
        return widest;
    }

    /// <summary>The first layer that does not fit the values it is given, and how many these are; after the last where the outputs are wrong.</summary>
    private static (int Index, int Width)? FindMisfit(NetworkDescription network)
    {
        int width = network.Inputs, members = 1;
        foreach (var (index, layer) in network.Layers.Index())
        {
            if (layer?.OutputsFor(width) is not { } outputs || layer.MembersAfter(members) is not { } after || (index > 0 && layer.InputLayout is not null && !ComesBehindInputs(layer, index)))
                return (index, width);
            (width, members) = (outputs, after);
        }
        return network.Layers.LastOrDefault() is LinearLayer or MemberOutputLayer && members == 1 && width == network.Outputs ? null : (network.Layers.Count, width);

        bool ComesBehindInputs(Layer layer, int index) =>
            layer is not InputLayer && network.Layers[index - 1].OutputLayout is { } before && layer.InputLayout!.Equals(before);
    }
}
