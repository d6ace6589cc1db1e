namespace MLExtensions.Networks.Building;

/// <summary>Turns options into a list of layers and initial weights.</summary>
internal static class NetworkBuilder
{
    /// <summary>
    /// A value for each category, factors on features, input dropout, then for each hidden layer linear → normalization → activation →
    /// dropout, then a linear layer. Normalization may stand after the activation. Layers that would do nothing are left out. Members of a
    /// network that is several at once have their factors before the first hidden layer, and before and behind each linear one.
    /// </summary>
    /// <exception cref="InvalidOperationException">The network has more parameters than an array can hold.</exception>
    /// <param name="options">The options.</param>
    /// <param name="inputs">The number of features.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="layout">What the features are; null where all are numbers.</param>
    /// <param name="plain">The numbers that embeddings leave as they are.</param>
    /// <param name="mean">What of the outputs of members is averaged.</param>
    public static NetworkDescription Describe(MlpOptions options, int inputs, int outputs, RowLayout? layout = null, IReadOnlyList<int>? plain = null, EnsembleMean mean = EnsembleMean.Values)
    {
        var encoding = FirstLayer(options, layout ?? RowLayout.Numbers(inputs), plain ?? []);
        int width = encoding?.OutputsFor(inputs) ?? inputs;
        RequireSize(options, width, outputs);
        var layers = new List<Layer>();
        if (encoding is not null)
            layers.Add(encoding);
        if (options.ScalesInputs)
            layers.Add(new ScalingLayer(width));
        AddDropout(layers, options.InputDropoutRate);
        var members = options.BatchEnsemble;
        if (members is not null)
            layers.Add(new MemberInputLayer(members.Members, width));

        for (int hidden = 0; hidden < options.HiddenLayers.Count; hidden++)
        {
            int units = options.HiddenLayers[hidden];
            var activation = options.ActivationOf(hidden);
            int values = checked(units * activation.LinearOutputsPerUnit);
            bool scales = members is { Mini: false };
            if (scales && hidden > 0)
                layers.Add(new MemberScalingLayer(members!.Members, width));
            layers.Add(new LinearLayer(width, values, options.DropConnectRate));
            if (scales)
                layers.Add(new MemberScalingLayer(members!.Members, values, HasShift: true));
            AddNormalization(layers, options.Normalization, NormalizationPlacement.BeforeActivation, values);
            layers.Add(ActivationLayer.Of(activation, units));
            AddNormalization(layers, options.Normalization, NormalizationPlacement.AfterActivation, units);
            AddDropout(layers, options.DropoutRateOf(hidden));
            width = units;
        }

        layers.Add(members is null ? new LinearLayer(width, outputs) : new MemberOutputLayer(members.Members, width, outputs, mean));
        return new NetworkDescription(inputs, outputs, layers);
    }

    // What numbers and categories become; null where all are numbers that stay as they are.
    private static Layer? FirstLayer(MlpOptions options, RowLayout layout, IReadOnlyList<int> plain)
    {
        int[] dimensions = [.. layout.Categories.Select(category => options.CategoryEmbedding?.DimensionOf(category.Count) ?? 0)];
        var numbers = options.EmbeddingFor(layout.Width - layout.Categories.Count - plain.Count);
        var embedding = new EmbeddingLayer(layout, numbers, numbers is null ? [] : plain, dimensions)
        {
            CategoryDeviation = options.CategoryEmbedding?.Deviation ?? 1,
        };
        if (EmbeddingPlaces.OutputsOf(embedding) is > OneHotLayer.MaximumOutputs and var encoded)
            throw new InvalidOperationException(Invariant($"The features are {encoded} values, one for each category: expected at most {OneHotLayer.MaximumOutputs}. Join rare categories, or give them vectors (CategoryEmbedding)."));
        if (embedding.Embedded.Any() || dimensions.Any(dimension => dimension > 0))
            return embedding;
        return layout.HasCategories ? new OneHotLayer(layout) : null;
    }

    /// <summary>Draws weights, sets the biases of hidden layers, and starts all else as its layer says.</summary>
    public static NetworkWeights Initialize(NetworkDescription network, MlpOptions options, RandomStream random)
    {
        var weights = new NetworkWeights(new ParameterLayout(network));
        foreach (var (index, layer) in network.Layers.Index())
            layer.Draw(TensorsOf(weights, index), random);
        foreach (var tensor in weights.Layout.Tensors.Where(tensor => tensor.Role != ParameterRole.Embedding))
        {
            if (tensor.Role == ParameterRole.Weight)
            {
                // The matrices of members are drawn one by one.
                int matrix = tensor.Shape[^1] * tensor.Shape[^2];
                var initializer = InitializerOf(tensor, network, options).For(ActivationAfter(tensor, network, options));
                for (int first = 0; first < tensor.Length; first += matrix)
                    initializer.Fill(weights[tensor].Slice(first, matrix), fanIn: tensor.Shape[^1], fanOut: FanOut(network, tensor), random);
            }
            else if (network.Layers[tensor.LayerIndex] is MemberInputLayer)
            {
                bool signs = network.Layers[0] is not EmbeddingLayer { Numbers: not null };
                MemberInputLayer.Draw(weights[tensor], [.. network.Layers[0].WidthsOf(network.Inputs)], signs, random);
            }
            else
            {
                weights[tensor].Fill(StartOf(tensor, network, options));
            }
        }
        return weights;
    }

    /// <summary>Lets layers and initializers that look at data change what <see cref="Initialize"/> drew.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="network">The network.</param>
    /// <param name="options">The options.</param>
    /// <param name="data">The data.</param>
    /// <param name="trainingRows">The rows that may be looked at.</param>
    /// <param name="random">The source of randomness.</param>
    /// <param name="classes">The number of classes that targets are numbers of; 0 where they are amounts.</param>
    public static void Adapt(NetworkWeights weights, NetworkDescription network, MlpOptions options, DataBlock data, ReadOnlySpan<int> trainingRows, RandomStream random, int classes = 0)
    {
        foreach (var (index, layer) in network.Layers.Index())
            layer.Fit(TensorsOf(weights, index), data, trainingRows, classes);
        foreach (var initializer in new[] { options.Initializer, options.OutputInitializer }.OfType<WeightInitializer>().Distinct())
            initializer.Adapt(weights, network, data, trainingRows, tensor => InitializerOf(tensor, network, options).Equals(initializer), random);
    }

    private static Func<string, Memory<float>> TensorsOf(NetworkWeights weights, int layer) => name =>
    {
        var tensor = weights.Layout.Find(Invariant($"{layer}.{name}"))!;
        return weights.Values.AsMemory(tensor.Offset, tensor.Length);
    };

    /// <summary>Where values start that are not drawn: as the options say, or else as their layer does.</summary>
    private static float StartOf(ParameterTensor tensor, NetworkDescription network, MlpOptions options) => tensor.Role switch
    {
        ParameterRole.Bias when tensor.LayerIndex < network.Layers.Count - 1 => options.BiasStart,
        ParameterRole.ActivationSlope => options.ActivationOf(HiddenLayerOf(network, tensor)).LearnedStart,
        _ => tensor.Start,
    };

    private static int HiddenLayerOf(NetworkDescription network, ParameterTensor tensor) =>
        network.Layers.Take(tensor.LayerIndex).Count(layer => layer is LinearLayer) - 1;

    private static WeightInitializer InitializerOf(ParameterTensor tensor, NetworkDescription network, MlpOptions options) =>
        tensor.LayerIndex == network.Layers.Count - 1 ? options.OutputInitializer ?? options.Initializer : options.Initializer;

    private static Activation ActivationAfter(ParameterTensor tensor, NetworkDescription network, MlpOptions options) =>
        tensor.LayerIndex == network.Layers.Count - 1 ? Activation.Identity : options.ActivationOf(network.Layers.Take(tensor.LayerIndex).Count(layer => layer is LinearLayer));

    /// <summary>The units that an input reaches: of the pieces of a maxout unit a gradient comes back through one.</summary>
    private static int FanOut(NetworkDescription network, ParameterTensor tensor)
    {
        // Whatever stands between the two is as wide as the linear layer.
        var next = network.Layers.Skip(tensor.LayerIndex + 1).FirstOrDefault(layer => layer is LinearLayer or MaxoutLayer);
        return next is MaxoutLayer maxout ? maxout.Units : tensor.Shape[^2];
    }

    private static void RequireSize(MlpOptions options, int inputs, int outputs)
    {
        double size = options.ScalesInputs ? inputs : 0, width = inputs;
        for (int hidden = 0; hidden < options.HiddenLayers.Count; hidden++)
        {
            // Bias, slope, factor and summand, running mean and variance are six at most.
            size += (width + 6) * options.HiddenLayers[hidden] * options.ActivationOf(hidden).LinearOutputsPerUnit;
            width = options.HiddenLayers[hidden];
        }
        double members = options.BatchEnsemble?.Members ?? 1;
        size += members * (width + 1) * outputs + (members > 1 ? members * (inputs + 3.0 * options.HiddenLayers.Sum(units => (double)units)) : 0);
        if (size > Array.MaxLength)
            throw new InvalidOperationException(Invariant($"The network has {size:G3} parameters: expected at most {Array.MaxLength}. Make HiddenLayers smaller."));
    }

    private static void AddNormalization(List<Layer> layers, Normalization? normalization, NormalizationPlacement placement, int units)
    {
        if (normalization?.Placement == placement)
            layers.Add(normalization.LayerOf(units));
    }

    private static void AddDropout(List<Layer> layers, float rate)
    {
        if (rate > 0)
            layers.Add(new DropoutLayer(rate));
    }
}
