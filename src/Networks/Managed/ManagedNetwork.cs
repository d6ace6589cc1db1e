namespace MLExtensions.Networks.Managed;

/// <summary>A network with buffers for training on batches.</summary>
internal sealed class ManagedNetwork
{
    /// <summary>Allocates the buffers.</summary>
    /// <param name="network">The description.</param>
    /// <param name="settings">The settings of the session.</param>
    /// <param name="features">Where the features of a batch will be, [batch x inputs].</param>
    /// <param name="apart">Whether each layer does its own work, so that what it gives may be looked at.</param>
    public ManagedNetwork(NetworkDescription network, EngineSettings settings, StripMatrix features, bool apart = false)
    {
        Parameters = new ParameterStore(network.Layers.Sum(layer => layer.StoredLength));
        var layers = new List<ManagedLayer>();
        int offset = 0, members = 1;
        foreach (var (index, description) in network.Layers.Index())
        {
            ManagedLayer? previous = layers.LastOrDefault();
            int after = description.MembersAfter(members) ?? throw new ArgumentException($"{description} does not fit {Plural.Of(members, "member")}.", nameof(network));
            // Where members begin and end, rows are those of the batch.
            int factor = Math.Min(members, after);
            var layer = description.Open(new LayerPlace
            {
                Index = index,
                BatchRows = checked(settings.MaximumBatchRows * factor),
                Input = previous?.Output ?? features,
                MayOverwriteInput = previous is not { KeepsOutput: true },
                Previous = apart ? null : previous,
                InputGradient = previous?.Gradient,
                Store = Parameters,
                Offset = offset,
                Seed = settings.Seed,
                WeightNoise = settings.Update.WeightNoise,
            });
            layer.RowFactor = factor;
            layers.Add(layer);
            Members = Math.Max(Members, after);
            members = after;
            offset += description.StoredLength;
        }

        Layers = [.. layers];
        NeedsPreparation = layers.Exists(layer => layer.NeedsPreparation);
        Stages = Stage.Divide(Layers);
        UpdateShares = new UpdateShares(Layers);
    }

    /// <summary>The networks that this is at once.</summary>
    public int Members { get; } = 1;

    /// <summary>The trained parameters.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>The layers, first to last.</summary>
    public ManagedLayer[] Layers { get; }

    /// <summary>The same layers, divided where threads have to meet.</summary>
    public Stage[] Stages { get; }

    /// <summary>How members share the update of the parameters.</summary>
    public UpdateShares UpdateShares { get; }

    /// <summary>Whether a layer has to be prepared for every step.</summary>
    public bool NeedsPreparation { get; }

    /// <summary>The outputs of the last layer, [batch x outputs].</summary>
    public StripMatrix Outputs => Layers[^1].Output;

    /// <summary>The gradient with respect to the outputs.</summary>
    public StripMatrix OutputGradient => Layers[^1].Gradient!;
}
