namespace MLExtensions.Networks.Sequential;

/// <summary>Which layer a module of PyTorch is; what <see cref="Layer.WriteTorch"/> and <see cref="Activation.ToTorch"/> write is known here.</summary>
internal static class ModuleLayers
{
    // PyTorch's softplus is x above a threshold of 20, where the two differ by less than a float tells. From here on.
    private const double LeastThreshold = 15;

    private static readonly Dictionary<string, Func<ModulePlace, ReadLayer?>> s_kinds = new(StringComparer.Ordinal)
    {
        ["Linear"] = Linear,
        ["BatchNorm1d"] = BatchNormalization,
        ["LayerNorm"] = LayerNormalization,
        ["Dropout"] = place => Dropout(place),
        ["AlphaDropout"] = place => place.LeaveOut(),
        ["FeatureAlphaDropout"] = place => place.LeaveOut(),
        ["Flatten"] = Flatten,
        ["Identity"] = _ => Of(Activation.Identity),
        ["Sigmoid"] = _ => Of(Activation.Sigmoid),
        ["Tanh"] = _ => Of(Activation.Tanh),
        ["ReLU"] = _ => Of(Activation.Relu),
        ["LeakyReLU"] = place => Of(new LeakyReluActivation((float)place.Module.Get("negative_slope", 0, 0.01))),
        ["ELU"] = place => Of(new EluActivation((float)place.Module.Get("alpha", 0, 1.0))),
        ["CELU"] = Celu,
        ["SELU"] = _ => Of(Activation.Selu),
        ["GELU"] = Gelu,
        ["SiLU"] = _ => Of(Activation.Silu),
        ["Mish"] = _ => Of(Activation.Mish),
        ["Softplus"] = Softplus,
        ["PReLU"] = PRelu,
    };

    /// <summary>The kinds of modules that are known, for messages.</summary>
    public static string Known => string.Join(", ", s_kinds.Keys);

    /// <summary>Makes the layer of a module; null where it does nothing in scoring and is left out.</summary>
    /// <exception cref="FormatException">The module is unknown, has an argument that cannot be, or a tensor is not there as it should be.</exception>
    public static ReadLayer? Read(ModulePlace place)
    {
        if (!s_kinds.TryGetValue(place.Module.Kind, out var read))
            throw new FormatException($"no layer is as {place}: known are {Known}");
        var layer = read(place);
        if (layer is not null && layer.Layer.OutputsFor(place.Width) is null)
            throw new FormatException($"{place} does not fit the {Plural.Of(place.Width, "value")} that it is given, or has an argument outside its range");
        return layer;
    }

    /// <summary>The number of values that a module must be given; null where any fit.</summary>
    public static int? InputsOf(TorchModule module) => module.Kind switch
    {
        "Linear" => module.Size("in_features", 0),
        "BatchNorm1d" => module.Size("num_features", 0),
        "LayerNorm" => module.Size("normalized_shape", 0),
        "PReLU" when module.Get("num_parameters", 0, 1L) > 1 => module.Size("num_parameters", 0),
        _ => null,
    };

    /// <summary>Whether a flattening leaves rows of numbers as they are.</summary>
    public static bool LeavesRows(TorchModule module) => module.Get("start_dim", 0, 1L) == 1 && module.Get("end_dim", 1, -1L) is -1 or 1;

    private static ReadLayer Of(Activation activation) => activation.Validate().FirstOrDefault() is { } message
        ? throw new FormatException($"an argument of an activation is outside its range: {message}")
        : new ReadLayer(new ActivationLayer(activation));

    private static ReadLayer Linear(ModulePlace place)
    {
        int inputs = place.Module.Size("in_features", 0), outputs = place.Module.Size("out_features", 1);
        bool hasBias = place.Module.Get("bias", 2, true);
        return new ReadLayer(new LinearLayer(inputs, outputs))
        {
            ["weight"] = place.Take("weight", outputs, inputs),
            ["bias"] = hasBias ? place.Take("bias", outputs) : new float[outputs],
        };
    }

    private static ReadLayer BatchNormalization(ModulePlace place)
    {
        var module = place.Module;
        int size = module.Size("num_features", 0);
        if (!module.Get("track_running_stats", 4, true))
            throw new FormatException($"{place} has no running statistics, so that a row is not scored by itself");
        bool affine = module.Get("affine", 3, true);
        float momentum = module.IsNone("momentum", 2) ? new BatchNormalization().Momentum : (float)module.Get("momentum", 2, 0.1);
        var layer = new ReadLayer(new BatchNormalizationLayer(size, (float)module.Get("eps", 1, 1e-5), momentum, affine));
        foreach (string name in affine ? ["weight", "bias", "running_mean", "running_var"] : new[] { "running_mean", "running_var" })
            layer[name] = place.Take(name, size);
        int negative = layer["running_var"].AsSpan().IndexOfAnyInRange(float.NegativeInfinity, -float.Epsilon);
        if (negative >= 0)
            throw new FormatException(Invariant($"value {negative} of tensor '{place.NameOf("running_var")}' is {layer["running_var"][negative]}, expected a variance, 0 or more"));
        // How many batches were counted matters to nobody.
        place.Drop("num_batches_tracked");
        return layer;
    }

    private static ReadLayer LayerNormalization(ModulePlace place)
    {
        var module = place.Module;
        int size = module.Size("normalized_shape", 0);
        bool affine = module.Get("elementwise_affine", 2, true);
        var layer = new ReadLayer(new LayerNormalizationLayer(size, (float)module.Get("eps", 1, 1e-5), affine));
        if (!affine)
            return layer;
        layer["weight"] = place.Take("weight", size);
        // Without bias the print of some versions is the same.
        layer["bias"] = module.Get("bias", 3, true) && place.Has("bias") ? place.Take("bias", size) : new float[size];
        return layer;
    }

    private static ReadLayer? Dropout(ModulePlace place)
    {
        double rate = place.Module.Get("p", 0, 0.5);
        if (rate is not (>= 0 and <= 1))
            throw new FormatException($"the rate of {place} is not between 0 and 1");
        // Nothing would be left in training.
        return rate == 1 ? place.LeaveOut() : new ReadLayer(new DropoutLayer((float)rate));
    }

    private static ReadLayer? Flatten(ModulePlace place) => LeavesRows(place.Module) ? null
        : throw new FormatException($"{place} changes the shape of rows: expected Flatten(1), which does nothing to rows of numbers");

    private static ReadLayer Celu(ModulePlace place) => place.Module.Get("alpha", 0, 1.0) == 1 ? Of(Activation.Elu)
        : throw new FormatException($"{place} is known with alpha=1 alone, where it is ELU");

    private static ReadLayer Gelu(ModulePlace place) => place.Module.Get("approximate", 0, "none") switch
    {
        "none" => Of(Activation.Gelu),
        "tanh" => Of(new GeluActivation(GeluForm.Tanh)),
        var other => throw new FormatException($"the approximation '{other}' of {place} is unknown: expected none or tanh"),
    };

    private static ReadLayer Softplus(ModulePlace place) => place.Module.Get("threshold", 1, 20.0) >= LeastThreshold
        ? Of(new SoftplusActivation((float)place.Module.Get("beta", 0, 1.0)))
        : throw new FormatException(Invariant($"{place} is the identity above its threshold, and not the layer's function: expected at least {LeastThreshold}"));

    private static ReadLayer PRelu(ModulePlace place)
    {
        int count = (int)Math.Clamp(place.Module.Get("num_parameters", 0, 1L), 0, int.MaxValue);
        if (count != 1 && count != place.Width)
            throw new FormatException($"{place} does not fit the {Plural.Of(place.Width, "value")} that it is given: expected 1 slope, or as many");
        return new ReadLayer(new PReluLayer(place.Width, PerUnit: count > 1)) { ["weight"] = place.Take("weight", count) };
    }
}
