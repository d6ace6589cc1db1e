namespace MLExtensions.Trainers;

/// <content>The training of one network.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    // Held-out rows are scored where anyone asks for them.
    private bool AsksForHeldOutRows => Options.CalibrateProbabilities || Options.PredictionInterval is not null || Options.Ensemble is { Folds: true };

    private TrainedNetwork TrainNetwork(ReadRows rows, TaskSetup<TModel> setup, RowSplit split, int[] heldOut, int seed, TrainingRun run, TrainingHistory? refitted = null)
    {
        long begun = run.Clock.GetTimestamp();
        var prepared = Prepare(rows, setup, split, seed, run);
        if (run.Warn is not null)
            Findings.Tell(prepared.Diagnosed, run.Warn);
        var plan = prepared.Scale(rows.AreSpent && Options.Ensemble is null && (refitted is not null || !Refits(rows)));
        if (plan.TimeLimit is { } limit)
            plan = plan with { TimeLimit = limit - run.Clock.GetElapsedTime(begun) is var left && left > TimeSpan.Zero ? left : TimeSpan.FromTicks(1) };
        if (refitted is not null)
            plan = AsBefore(plan, refitted);
        var (weights, history) = RunWatched(plan, rows, run, isRefit: refitted is not null);
        run.Log(Invariant($"best epoch {history.BestEpoch} of {history.Epochs.Count}; {HistoryText.InWords(history.StopReason)}."));
        if (run.Warn is not null)
            Findings.Tell(prepared.Diagnosed with { Plan = plan, History = history }, run.Warn);

        var network = plan.Network;
        var scored = (AsksForHeldOutRows || run.ScoresHeldOutRows) && heldOut.Length > 0 ? HeldOutRows.Score(network, weights, plan.Data, heldOut) : null;
        (network, weights) = prepared.Whole(network, weights);
        return new TrainedNetwork(network, weights, history) { HeldOut = scored };
    }

    /// <summary>Fits the scaling of the input, describes the network and checks all that depends on the rows.</summary>
    private PreparedTraining Prepare(ReadRows rows, TaskSetup<TModel> setup, RowSplit split, int seed, TrainingRun run, bool checkBatches = true)
    {
        var data = rows.Data;
        split = split with { Training = WithWeight(setup.Data, split.Training, "training") };
        if (split.Validation.Length > 0)
            WithWeight(setup.Data, split.Validation, "validation");
        var evaluator = Watched(setup.Evaluator, split.Validation);
        var previous = run.PreviousOfMember;
        var inputs = previous is not null ? previous.Inputs : run.Engine.CustomNetwork is null ? FittedInputs.Of(Options.InputScaling, setup.Data, split.Training, RowMarks.Where(split.Validation, row => row < rows.TrainingRows), seed) : null;
        if (inputs is not null)
            TrainingRowChecks.RequirePresent(data, rows.TrainingRows, inputs.Layout, rows.Features);
        var neighbors = Neighbors(new NeighborRows(setup.Data, split.Training, inputs, evaluator.Classes, seed) { Groups = rows.Keys, Ends = () => run.Ends }, previous, run);
        (var network, NetworkWeights? start) = run.Engine.CustomNetwork is { } custom
            ? custom.Start(data.FeatureCount, setup.Outputs, seed)
            : (Describe(Options), null);
        start = previous?.StartOf(network) ?? start;
        if (checkBatches)
            BatchRules.Check(split.Training.Length, Options, network);
        run.Log(Invariant($"{Plural.Of(split.Training.Length, "row")} to train on, {split.Validation.Length} to validate on, ") +
            Invariant($"{Plural.Of(data.FeatureCount, "feature")}, {Plural.Of(setup.Outputs, "output")}, engine {run.Engine.Name}, seed {seed}."));

        var plan = new TrainingPlan(Options, network, setup.Data, split, evaluator, seed, start)
        {
            Strata = Options.StratifiedBatches ? _task.ClassesOf(data) : null,
            TimeLimit = new[] { Options.EarlyStopping?.TimeLimit, run.TimeLimit }.Min(),
        };
        var diagnosed = new DiagnosedTraining(data, plan, _task.Kind, slot => RowChecks.SlotName(rows.Features, slot), index => rows.Label.Classes?.NameOf(index) ?? Invariant($"{index}"));
        return new PreparedTraining(plan, inputs, neighbors, diagnosed) { Describe = run.Engine.CustomNetwork is null ? Describe : null };

        NetworkDescription Describe(MlpOptions options) =>
            NetworkBuilder.Describe(options, neighbors?.Outputs ?? inputs?.Outputs ?? data.FeatureCount, setup.Outputs, neighbors?.OutputLayout ?? inputs?.OutputLayout ?? data.Layout, previous?.Plain ?? inputs?.Flags, _task.Mean);
    }

    /// <summary>Fits the means over neighbours, where options ask for them and there is what they take.</summary>
    private FittedNeighbors? Neighbors(NeighborRows rows, PreviousNetwork? previous, TrainingRun run)
    {
        var fitted = Options.NeighborMeans is { } options ? FittedNeighbors.Of(options, rows, previous?.Neighbors) : null;
        if (previous is not null && previous.Neighbors is null != fitted is null)
            throw new InvalidOperationException($"The options {(fitted is null ? "ask for no NeighborMeans, and the model to start from has" : "ask for NeighborMeans, and the model to start from has no")} means over neighbors: set it as it was, {(fitted is null ? "new()" : "null")}.");
        if (fitted is not null)
            run.Log(Invariant($"means over {Plural.Of(Options.NeighborMeans!.Neighbors, "neighbor")} among {Plural.Of(fitted.Points, "row")}, by {Plural.Of(fitted.Pairs.Count, "pair")} of numbers: slots {string.Join(", ", fitted.Pairs.Select(pair => Invariant($"{pair.First} and {pair.Second}")))}."));
        else if (Options.NeighborMeans is not null)
            run.Log("no means over neighbors: they take two numbers that vary, two rows, and as many MostMeans as a row has labels or classes.");
        return fitted;
    }

    // What cannot be measured on the rows that are there can choose no epoch.
    private ValidationEvaluator Watched(ValidationEvaluator evaluator, int[] validation)
    {
        if (Options.EarlyStopping?.Metric is not { } metric)
            return evaluator;
        evaluator = evaluator.With(metric);
        if (validation.Length > 0 && evaluator.MetricNeeds(validation) is { } needs)
        {
            throw new InvalidOperationException(Invariant($"EarlyStopping.Metric {metric.Name} has no value on the {Plural.Of(validation.Length, "validation row")}: it needs {needs}. ") +
                "Set more rows aside (EarlyStopping.ValidationFraction), give Fit a validation set that has them, or measure another metric.");
        }
        return evaluator;
    }

    // Without weight every loss is 0, and the first epoch the best. Products of row and class weights are of single precision.
    private int[] WithWeight(DataBlock data, int[] rows, string use)
    {
        double weight = data.WeightOf(rows);
        string source = Options.ExampleWeightColumnName is not { } column ? "of ClassWeights"
            : Options.ClassWeights is null ? $"in column '{column}'" : $"in column '{column}', times ClassWeights";
        if (!(weight > 0))
            throw new InvalidOperationException($"All {use} rows have weight 0 {source}: expected at least one above 0.");
        if (!double.IsFinite(weight))
            throw new InvalidOperationException($"The {use} rows have an infinite weight {source}: expected finite ones. Lower them; only their proportions count.");
        return RowSplit.WithWeight(data.Weights, rows);
    }
}
