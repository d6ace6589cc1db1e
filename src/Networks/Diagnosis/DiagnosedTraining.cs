namespace MLExtensions.Networks.Diagnosis;

/// <summary>What findings look at.</summary>
/// <param name="Data">The rows as they were read.</param>
/// <param name="Plan">The training.</param>
/// <param name="Task">The task.</param>
/// <param name="SlotName">The name of a slot of the features in brackets, with a space before them; empty where it has none.</param>
/// <param name="ClassName">The name of a class; its number where it has none.</param>
internal sealed record DiagnosedTraining(DataBlock Data, TrainingPlan Plan, LossTasks Task, Func<int, string> SlotName, Func<int, string> ClassName)
{
    private const int UsualLayers = 3;

    private const int UsualUnits = 256;

    private readonly Lazy<SlotStatistics> _slots = new(() => SlotStatistics.Of(Data, Plan.Split));

    private readonly Lazy<SlotRelations> _relations = new(() => SlotRelations.Of(Data, Plan.Split.Training, Task));

    private readonly Lazy<(double Loss, double Metric)?> _constantPrediction = new(() => Diagnosis.ConstantPrediction.Measure(Plan, Task));

    /// <summary>How the training went; null before it.</summary>
    public TrainingHistory? History { get; init; }

    /// <summary>Why the training gave no network; null where it gave one, or was none yet.</summary>
    public TrainingDivergedException? Divergence { get; init; }

    /// <summary>Whether the training has ended, this way or that.</summary>
    public bool IsOver => History is not null || Divergence is not null;

    /// <summary>What is found out by trying; null where nobody asked for that, as in an ordinary training.</summary>
    public TrainingExperiments? Experiments { get; init; }

    /// <summary>What is a human's error in this task, by the metric (of accuracies, 1 less it); null where nobody knows.</summary>
    public double? HumanError { get; init; }

    public MlpOptions Options => Plan.Options;

    /// <summary>The slots of the features, by a sample of the rows.</summary>
    public SlotStatistics Slots => _slots.Value;

    /// <summary>How the slots of the features go with the label, by a sample of the training rows.</summary>
    public SlotRelations Relations => _relations.Value;

    /// <summary>What the best prediction that is the same for all rows costs on the validation rows; null where nothing tells.</summary>
    public (double Loss, double Metric)? ConstantPrediction => _constantPrediction.Value;

    /// <summary>The epoch whose weights the model has; null where there is none.</summary>
    public EpochReport? EpochOfModel => History switch
    {
        null or { Epochs.Count: 0 } => null,
        var history when Options.EarlyStopping is { RestoreBest: true } => history.Epochs[history.BestEpoch - 1],
        var history => history.Epochs[^1],
    };

    /// <summary>By how much the model is better on the validation rows than the best constant prediction, loss by loss; null where nothing tells.</summary>
    public PairedDifference? Gain => Experiments is { Trained: { } trained } experiments && Plan.Split.Validation.Length > 0 && Diagnosis.ConstantPrediction.OutputsOf(Plan, Task) is { } outputs
        ? PairedDifference.Of(RowLosses.Of(experiments.Plan, Plan.Split.Validation, outputs), experiments.Validate(trained))
        : null;

    /// <summary>
    /// Whether the network is no larger than those of the presets, and dropout and early stopping hold it: the weights are those of before it learned rows by heart.
    /// </summary>
    public bool IsHeldUsualNetwork => Plan.Split.Validation.Length > 0 && Options.EarlyStopping is { Monitor: not MonitoredValue.TrainingLoss, RestoreBest: true }
        && Options is { LeavesUnitsOut: true, HiddenLayers.Count: <= UsualLayers } && Options.HiddenLayers.All(units => units <= UsualUnits);

    /// <summary>A slot in words, such as <c>slot 2 ('Population')</c>.</summary>
    public string Slot(int slot) => Invariant($"slot {slot}{SlotName(slot)}");

    /// <summary>The first slot of a message, which tells how slots are counted.</summary>
    public string FirstSlot(int slot) => SlotName(slot) is [.. var name, ')'] ? Invariant($"slot {slot}{name}, counted from 0)") : Invariant($"slot {slot} (counted from 0)");

    /// <summary>Some slots in words.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="describe">What is said of one, behind its name.</param>
    public string Describe(IReadOnlyList<int> slots, Func<int, string> describe)
    {
        const int Most = 3;
        string named = string.Join(", ", slots.Take(Most).Select((slot, index) => (index == 0 ? FirstSlot(slot) : Slot(slot)) + describe(slot)));
        return slots.Count > Most ? Invariant($"{named} and {slots.Count - Most} more") : named;
    }
}
