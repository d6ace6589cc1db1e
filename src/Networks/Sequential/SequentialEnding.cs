namespace MLExtensions.Networks.Sequential;

/// <summary>
/// What stands at the end of a <c>Sequential</c> and is no layer but the task's: sigmoid and softmax, which scores pass anyway, and the limits and units of a regression.
/// </summary>
internal sealed class SequentialEnding
{
    private readonly (double Least, double Most)? _limits;
    private readonly (string Path, TorchModule Module)? _units;

    private SequentialEnding((double, double)? limits, (string, TorchModule)? units) => (_limits, _units) = (limits, units);

    /// <summary>Takes the ending off a list of modules.</summary>
    /// <exception cref="FormatException">It does not fit the task.</exception>
    public static SequentialEnding Take(List<(string Path, TorchModule Module)> modules, LossTasks task)
    {
        // Flatten(0) makes one number of a row that has one.
        while (modules is [.., { Module: { Kind: "Identity" or "Dropout" or "Flatten" } idle }] && (idle.Kind != "Flatten" || ModuleLayers.LeavesRows(idle) || idle.Get("start_dim", 0, 1L) == 0))
            modules.RemoveAt(modules.Count - 1);
        if (task == LossTasks.Regression)
            return TakeLimits(modules);

        if (modules is not [.., { Module: var last }] || last.Kind is not ("Sigmoid" or "Softmax" or "LogSoftmax"))
            return new SequentialEnding(null, null);
        bool fits = last.Kind == "Sigmoid" ? task is LossTasks.BinaryClassification or LossTasks.MultilabelClassification : task is not LossTasks.MultilabelClassification;
        if (!fits)
            throw new FormatException($"it ends with {last.Kind}, which does not fit {LossTaskNames.Of(task)}");
        if (last.Kind != "Sigmoid" && !last.IsNone("dim", 0) && last.Get("dim", 0, 1L) is not (1 or -1))
            throw new FormatException($"{last} goes over the rows: expected dim=1");
        modules.RemoveAt(modules.Count - 1);
        return new SequentialEnding(null, null);
    }

    /// <summary>The scaling that the ending of a regression stands for; null where there is none.</summary>
    /// <param name="layers">The layers before it.</param>
    /// <param name="width">The number of their outputs.</param>
    /// <param name="state">The tensors.</param>
    /// <param name="prefix">What stands before the names of the modules.</param>
    public LabelScaling? ReadScaling(IReadOnlyList<ReadLayer> layers, int width, StateDict state, string prefix)
    {
        if (_limits is not var (least, most))
            return null;
        double[] means = new double[width], units = [.. means.Select(_ => 1.0)];
        if (_units is var (path, module))
            (means, units) = Diagonal(ModuleLayers.Read(new ModulePlace(module, prefix + path, width, state, []))!, width);
        double[] minima = [.. means.Zip(units, (mean, unit) => mean + least * unit)], maxima = [.. means.Zip(units, (mean, unit) => mean + most * unit)];
        // A label that was constant has no unit.
        return new LabelScaling(means, [.. units.Select(unit => unit > 0 ? unit : 1)], minima, maxima, Clamp: true)
        {
            Transform = _units is null ? LabelTransform.None : LabelTransform.Standardize,
        };
    }

    private static SequentialEnding TakeLimits(List<(string Path, TorchModule Module)> modules)
    {
        bool hasUnits = modules is [.., { Module.Kind: "Hardtanh" }, { Module.Kind: "Linear" }];
        if (!hasUnits && modules is not [.., { Module.Kind: "Hardtanh" }])
            return new SequentialEnding(null, null);

        var limits = modules[hasUnits ? ^2 : ^1].Module;
        double least = limits.Get("min_val", 0, -1.0), most = limits.Get("max_val", 1, 1.0);
        if (!(least < most))
            throw new FormatException($"{limits} leaves no values");
        (string, TorchModule)? units = hasUnits ? modules[^1] : null;
        modules.RemoveRange(modules.Count - (hasUnits ? 2 : 1), hasUnits ? 2 : 1);
        return new SequentialEnding((least, most), units);
    }

    private static (double[] Means, double[] Units) Diagonal(ReadLayer layer, int width)
    {
        float[] weight = layer["weight"];
        bool isDiagonal = weight.Length == width * width && weight.Index().All(entry => entry.Item == 0 || (entry.Index % (width + 1) == 0 && entry.Item > 0));
        return isDiagonal
            ? (Array.ConvertAll(layer["bias"], mean => (double)mean), [.. Enumerable.Range(0, width).Select(i => (double)weight[i * width + i])])
            : throw new FormatException("no layer is as Hardtanh amid others: it is known at the end of a regression alone, as the limits of scores");
    }
}
