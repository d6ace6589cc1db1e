namespace MLExtensions.Trainers;

/// <summary>
/// What a network that comes from PyTorch has to be told beside its tensors. A file that <c>SaveSafetensors</c> wrote says all of it by itself.
/// </summary>
public sealed record PyTorchOptions
{
    /// <summary>
    /// The modules of the <c>nn.Sequential</c>: the text that <c>print(model)</c> shows, the code that makes it (<c>nn.Sequential(nn.Linear(4, 9), nn.ReLU(), ...)</c>), or
    /// JSON (<c>[["Linear", 4, 9], ["ReLU"], ...]</c>, constructor arguments by position). It is read, never run. Null, the default, for the entry <c>torch.nn.Sequential</c> of the
    /// file's metadata.
    /// </summary>
    public string? Sequential { get; init; }

    /// <summary>
    /// What stands before the names of the modules in the file, with its dot: <c>"net."</c> for tensors such as <c>net.0.weight</c>. Tensors that have it not are left alone. Empty by default.
    /// </summary>
    public string Prefix { get; init; } = "";

    /// <summary>The name of the feature column, a vector of <c>Single</c> of as many slots as the first module has inputs; <c>Features</c> by default.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>The name of the label column of rows that the model is evaluated on; null, the default, for that of the file, or <c>Label</c>.</summary>
    public string? LabelColumnName { get; init; }

    /// <summary>The names of the features, in order; a feature column with other names is refused. Null, the default, for those of the file, or none.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>
    /// The names of the classes in the order of the outputs, the negative one first where there are two; of the labels with several labels of a row. Null, the default, for those of the file; without, false and
    /// true (binary), or keys without values. Not for regression.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// What was subtracted from each label before the network was trained on it, and is added to the outputs again; one number for each output, or one for all. 0 by default. For regression alone.
    /// </summary>
    public IReadOnlyList<double>? LabelMeans { get; init; }

    /// <summary>
    /// What each label was divided by then, and outputs are multiplied by; one number for each output, or one for all. Above 0 and finite, 1 by default. For regression alone.
    /// </summary>
    public IReadOnlyList<double>? LabelStandardDeviations { get; init; }

    /// <summary>Checks all that can be checked without the file.</summary>
    /// <exception cref="ArgumentException">Options are outside their range; the message lists them all.</exception>
    internal void Validate(LossTasks task)
    {
        string?[] messages =
        [
            Prefix is null ? "Prefix must not be null" : null,
            string.IsNullOrEmpty(FeatureColumnName) ? "FeatureColumnName must not be empty" : null,
            LabelColumnName is "" ? "LabelColumnName must not be empty" : null,
            ClassNames is not null && task == LossTasks.Regression ? "ClassNames is for classification: a regression has no classes" : null,
            ClassNames?.Contains(null!) == true ? "ClassNames must not hold null" : null,
            ClassNames is { } names && names.Distinct().Count() < names.Count ? "ClassNames must differ from one another" : null,
            FeatureNames?.Contains(null!) == true ? "FeatureNames must not hold null: use an empty text for a feature without a name" : null,
            task != LossTasks.Regression && (LabelMeans ?? LabelStandardDeviations) is not null ? $"LabelMeans and LabelStandardDeviations are for regression: {LossTaskNames.Of(task)} has no unit" : null,
            LabelMeans?.All(double.IsFinite) == false ? "LabelMeans must be finite" : null,
            LabelStandardDeviations?.All(value => value > 0 && double.IsFinite(value)) == false ? "LabelStandardDeviations must be positive and finite" : null,
        ];
        string[] failures = [.. messages.OfType<string>()];
        if (failures.Length > 0)
            throw new ArgumentException($"Invalid PyTorchOptions:{string.Concat(failures.Select(message => $"{Environment.NewLine}- {message}"))}", "options");
    }
}
