namespace MLExtensions.Trainers.PyTorch;

/// <summary>A <c>torch.nn.Sequential</c> from a file, with what options and file say of it: what a task makes its model of.</summary>
/// <param name="Read">The network.</param>
/// <param name="Options">The options.</param>
/// <param name="Part">What the file says; null where it says nothing.</param>
internal sealed record ImportedSequential(ReadSequential Read, PyTorchOptions Options, SequentialPart? Part)
{
    /// <summary>The number of outputs of the network.</summary>
    public int Outputs => Read.Network.Outputs;

    /// <summary>The name of the label column.</summary>
    public string Label => Options.LabelColumnName ?? Part?.Label ?? "Label";

    /// <summary>The values of the classes, or names of labels, that options or file tell; null where they do not.</summary>
    /// <param name="count">Their number.</param>
    /// <exception cref="FormatException">They are more or fewer.</exception>
    public LabelValues? Classes(int count)
    {
        if (Options.ClassNames is { } names && names.Count != count)
            throw new FormatException($"it has {Plural.Of(Outputs, "output")}, and ClassNames has {Plural.Of(names.Count, "name")}: expected {count}");
        var values = Options.ClassNames is { } texts ? LabelValues.OfTexts(texts) : Part?.Classes;
        values?.Check(count);
        return values;
    }

    /// <summary>The classes that options or file tell.</summary>
    /// <param name="count">Their number.</param>
    /// <param name="otherwise">The classes where neither tells them.</param>
    /// <exception cref="FormatException">They are more or fewer.</exception>
    public ClassLabels ClassLabels(int count, ClassLabels otherwise)
    {
        var told = Classes(count) is { } values
            ? new ClassLabels(count, values, IsKey: Options.ClassNames is null && Part!.LabelIsKey)
            : Part is null ? otherwise : new ClassLabels(count, null, IsKey: true) { IsReversed = Part.LabelIsReversed };
        return told with { Column = Label };
    }

    /// <summary>A label for each output: of a regression.</summary>
    /// <exception cref="FormatException">Options do not fit the outputs, or contradict the file.</exception>
    public LabelScaling LabelScaling()
    {
        bool isTold = (Options.LabelMeans ?? Options.LabelStandardDeviations) is not null;
        if (Read.Scaling is { } scaling)
            return isTold ? throw new FormatException("it ends with the limits of scores (Hardtanh), which are in units of the label: leave LabelMeans and LabelStandardDeviations at null") : scaling;

        double[] means = ForOutputs(Options.LabelMeans, 0, nameof(Options.LabelMeans)), units = ForOutputs(Options.LabelStandardDeviations, 1, nameof(Options.LabelStandardDeviations));
        return new LabelScaling(means, units, means, means, Clamp: false) { Transform = isTold ? LabelTransform.Standardize : LabelTransform.None };
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options.</param>
    /// <param name="task">The task.</param>
    /// <exception cref="FormatException">The file is not as it should be; the message tells how.</exception>
    public static ImportedSequential Open(string path, PyTorchOptions options, LossTasks task)
    {
        using var stream = File.OpenRead(path);
        var state = StateDict.Open(stream);
        var part = SequentialPart.Read(state.Metadata);
        if (part is not null && part.Task != LossTaskNames.Of(task))
            throw new FormatException($"it is of a model for {part.Task}: load it from the catalog of that task");
        string text = options.Sequential ?? state.Metadata.GetValueOrDefault(SequentialPart.Modules)
            ?? throw new FormatException("it does not tell its modules: set Sequential to what print(model) shows");
        return new ImportedSequential(SequentialReader.Read(ModuleText.Parse(text), state, options.Prefix, task), options, part);
    }

    /// <summary>The names of the features; null where neither options nor file tell them.</summary>
    /// <exception cref="FormatException">They are more or fewer than inputs.</exception>
    public SlotNames? FeatureSlots()
    {
        var names = Options.FeatureNames ?? Part?.Features;
        if (names is not null && names.Count != Read.Network.Inputs)
            throw new FormatException($"it has {Plural.Of(Read.Network.Inputs, "input")}, and {Plural.Of(names.Count, "name")} of features are given (FeatureNames)");
        return names is null ? null : SlotNames.Of(names);
    }

    private double[] ForOutputs(IReadOnlyList<double>? values, double otherwise, string name)
    {
        if (values is { Count: not 1 } && values.Count != Outputs)
            throw new FormatException($"it has {Plural.Of(Outputs, "output")}, and {name} has {Plural.Of(values.Count, "number")}: expected as many, or one");
        return [.. Enumerable.Range(0, Outputs).Select(output => values is null ? otherwise : values[values.Count == 1 ? 0 : output])];
    }
}
