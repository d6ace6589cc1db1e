namespace MLExtensions.Networks;

/// <content>Options of members of an ensemble that differ from those around them.</content>
public partial record MlpOptions
{
    /// <summary>Whether training watches rows that it does not train on.</summary>
    private bool WatchesValidation => EarlyStopping is { Monitor: not MonitoredValue.TrainingLoss };

    /// <summary>
    /// The options that a member is trained with: the network and its training are as its own say; what concerns rows, labels, loss, the engine and the
    /// run, which all members share, is as here.
    /// </summary>
    /// <param name="own">The options of the member.</param>
    internal virtual MlpOptions OfMember(MlpOptions own) => own with
    {
        Seed = Seed,
        Engine = Engine,
        Communicator = Communicator,
        Progress = Progress,
        CancellationToken = CancellationToken,
        KeepBestWhenCanceled = KeepBestWhenCanceled,
        StopOnCtrlC = StopOnCtrlC,
        Ensemble = Ensemble is null ? null : Ensemble with { AlternatesWith = [], SelectsKinds = false },
        RefitOnAllRows = RefitOnAllRows,
        MeasureTraining = MeasureTraining,
        Diagnostics = Diagnostics,
        Checkpoint = Checkpoint,
        RowMemory = RowMemory,
        Loss = Loss,
        LabelTransform = LabelTransform,
        ClassWeights = ClassWeights,
        BalanceClasses = BalanceClasses,
        ClampScores = ClampScores,
        CalibrateProbabilities = CalibrateProbabilities,
        EarlyStopping = own.EarlyStopping is { } stopping && EarlyStopping is { } shared
            ? stopping with { ValidationFraction = shared.ValidationFraction, ValidationRows = shared.ValidationRows, Metric = shared.Metric } : own.EarlyStopping,
    };

    /// <summary>The same with another embedding of numbers, where these options embed them; one that goes by the number of features still does.</summary>
    internal MlpOptions Embedding(NumberEmbedding embedding) => NumberEmbedding switch
    {
        null => this,
        NumberEmbeddingByFeatures rule when embedding is not NumberEmbeddingByFeatures => this with { NumberEmbedding = rule with { Embedding = embedding } },
        _ => this with { NumberEmbedding = embedding },
    };

    /// <summary>What numbers become; null where they stay as they are.</summary>
    /// <param name="numbers">How many numbers there are to embed.</param>
    internal NumberEmbedding? EmbeddingFor(int numbers) => NumberEmbedding?.For(numbers, isLinear: HiddenLayers.Count == 0);

    /// <summary>Whether all members have a place for missing numbers.</summary>
    internal bool TakesMissingNumbers => InputScaling is not null && (Ensemble is null || Ensemble.AlternatesWith.All(own => own.InputScaling is not null));

    /// <summary>What keeps options of members from being trained beside these.</summary>
    /// <param name="task">The task of the trainer.</param>
    /// <param name="known">What is wrong with these themselves.</param>
    private IEnumerable<string> CheckMembers(LossTasks task, string[] known) => Ensemble?.AlternatesWith is not { } others ? []
        : from other in others.Index()
          from message in other.Item is null ? ["must not be null"] : CheckMember(other.Item, task, known)
          select Invariant($"Ensemble.AlternatesWith[{other.Index}]: {message}");

    private IEnumerable<string> CheckMember(MlpOptions own, LossTasks task, string[] known)
    {
        if (own.GetType() != GetType())
            return [$"must be of type {GetType().Name}, as the options around it, got {own.GetType().Name}"];

        var merged = OfMember(own);
        return
        [
            .. NotShared(own with { EarlyStopping = null }, merged with { EarlyStopping = null }, prefix: ""),
            .. own.EarlyStopping is null ? [] : NotShared(own.EarlyStopping, merged.EarlyStopping!, "EarlyStopping."),
            .. own.WatchesValidation == WatchesValidation ? Array.Empty<string>()
                : [$"EarlyStopping must {(WatchesValidation ? "" : "not ")}watch validation rows, as in the options around it, since all members have theirs set aside in one way"],
            .. merged.Messages(task).Except(known),
        ];
    }

    // What says something else than what all members share would have no effect.
    private static IEnumerable<string> NotShared(object own, object merged, string prefix) =>
        from pair in OptionText.All(own).Zip(OptionText.All(merged), OptionText.OfDefaults(own)).Select(option => (said: option.First, holds: option.Second, usual: option.Third))
        where pair.said.Value != pair.holds.Value && !pair.said.IsDefault
        select $"{prefix}{pair.said.Name} = {pair.said.Value} would have no effect, since it is for all members as the options around them say ({pair.holds.Value}): leave it at its default, {pair.usual.Value}";
}
