namespace MLExtensions.Networks.WarmStart;

/// <summary>Options that describe a network that is there.</summary>
internal static class NetworkOptions
{
    /// <summary>Options with the layers of a network in place of their own.</summary>
    /// <param name="options">All other options.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">Options cannot describe it; the message names the layer.</exception>
    public static MlpOptions Describing(MlpOptions options, NetworkDescription network)
    {
        var layers = new Queue<(int Index, Layer Layer)>(network.Layers.Select((layer, index) => (index, layer)));
        bool scales = Take<ScalingLayer>(layers) is not null;
        float inputDropout = Take<DropoutLayer>(layers)?.Rate ?? 0;
        var hidden = new List<HiddenLayer>();
        while (layers.Count > 1)
            hidden.Add(HiddenLayer.Take(layers));
        if (Take<LinearLayer>(layers) is null)
            throw Refuse(layers.Peek());

        var described = options with
        {
            InputScaling = null,
            NeighborMeans = null,
            NumberEmbedding = null,
            CategoryEmbedding = null,
            BatchEnsemble = null,
            Ensemble = null,
            ScalesInputs = scales,
            InputDropoutRate = inputDropout,
            HiddenLayers = [.. hidden.Select(layer => layer.Units)],
            Activations = hidden.Count == 0 ? null : [.. hidden.Select(layer => layer.Activation)],
            Normalization = hidden.FirstOrDefault()?.Normalization,
            DropoutRate = 0,
            DropoutRates = hidden.Count == 0 ? null : [.. hidden.Select(layer => layer.DropoutRate)],
            DropConnectRate = hidden.FirstOrDefault()?.DropConnectRate ?? 0,
        };
        RequireAlike(hidden);
        return described;
    }

    private static void RequireAlike(List<HiddenLayer> hidden)
    {
        foreach (var (index, layer) in hidden.Index())
        {
            if (!Equals(layer.Normalization, hidden[0].Normalization))
            {
                throw new ArgumentException(Invariant($"Options normalize all hidden layers or none, and alike: hidden layer {index} has {(object?)layer.Normalization ?? "none"} and hidden layer 0 {(object?)hidden[0].Normalization ?? "none"}. ") +
                    "Such a network is scored, and cannot be trained on here.", "model");
            }
        }
    }

    private static T? Take<T>(Queue<(int Index, Layer Layer)> layers)
        where T : Layer
    {
        if (!layers.TryPeek(out var next) || next.Layer is not T layer)
            return null;
        layers.Dequeue();
        return layer;
    }

    private static ArgumentException Refuse((int Index, Layer Layer) place) => new(Invariant($"Options cannot describe layer {place.Index} of the network, {place.Layer}: they make, of each hidden layer, a linear one with normalization, activation and dropout. ") +
        "Such a network is scored, and cannot be trained on here.", "model");

    /// <summary>What options say of a hidden layer.</summary>
    private sealed record HiddenLayer(int Units, Activation Activation, Normalization? Normalization, float DropoutRate, float DropConnectRate)
    {
        public static HiddenLayer Take(Queue<(int Index, Layer Layer)> layers)
        {
            if (Take<LinearLayer>(layers) is not { } linear)
                throw Refuse(layers.Peek());
            var before = NormalizationOf(layers, NormalizationPlacement.BeforeActivation);
            var activation = ActivationOf(layers, out int units);
            var normalization = before ?? (activation is null ? null : NormalizationOf(layers, NormalizationPlacement.AfterActivation));
            return new HiddenLayer(units > 0 ? units : linear.Outputs, activation ?? Activation.Identity, normalization, Take<DropoutLayer>(layers)?.Rate ?? 0, linear.DropConnectRate);
        }

        private static T? Take<T>(Queue<(int Index, Layer Layer)> layers)
            where T : Layer => NetworkOptions.Take<T>(layers);

        private static Normalization? NormalizationOf(Queue<(int Index, Layer Layer)> layers, NormalizationPlacement placement)
        {
            if (Take<BatchNormalizationLayer>(layers) is { } batch)
                return new BatchNormalization { Epsilon = batch.Epsilon, Momentum = batch.Momentum, Affine = batch.Affine, Placement = placement };
            return Take<LayerNormalizationLayer>(layers) is { } layer ? new LayerNormalization { Epsilon = layer.Epsilon, Affine = layer.Affine, Placement = placement } : null;
        }

        private static Activation? ActivationOf(Queue<(int Index, Layer Layer)> layers, out int units)
        {
            units = 0;
            if (Take<ActivationLayer>(layers) is { } plain)
                return plain.Activation;
            if (Take<PReluLayer>(layers) is { } prelu)
                return new PReluActivation(prelu.PerUnit);
            if (Take<MixedActivationLayer>(layers) is { } mixed)
                return new MixedActivation(mixed.Inner);
            if (Take<MaxoutLayer>(layers) is not { } maxout)
                return null;
            units = maxout.Units;
            return new MaxoutActivation(maxout.Pieces);
        }
    }
}
