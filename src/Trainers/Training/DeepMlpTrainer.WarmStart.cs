namespace MLExtensions.Trainers;

/// <content>Training that starts from a model.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    /// <summary>
    /// Trains on from a model, in place of weights that are drawn: with new rows, another learning rate, or some layers left as they are
    /// (<see cref="MlpOptions.FrozenHiddenLayers"/>). Features and labels are scaled, and classes ordered, as the model has it.
    /// </summary>
    /// <param name="trainData">The training rows; some are set aside for validation where early stopping asks for it. The model may have been trained on them.</param>
    /// <param name="model">The model, of a trainer with the same network; it stays as it is. The optimizer begins anew.</param>
    /// <returns>A transformer that adds the new model's columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type, or has other features than the model.</exception>
    /// <exception cref="InvalidOperationException">
    /// The rows cannot be trained on, have a class that the model does not know, or the options describe another network; the message tells which.
    /// </exception>
    /// <exception cref="TrainingDivergedException">A loss or weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public DeepMlpTransformer<TModel> Fit(IDataView trainData, TModel model)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(model);

        return Train(trainData, null, model);
    }

    /// <inheritdoc cref="Fit(IDataView, TModel)"/>
    /// <param name="trainData">The training rows; all are trained on.</param>
    /// <param name="validationData">The validation rows, with the same columns.</param>
    /// <param name="model">The model, of a trainer with the same network; it stays as it is. The optimizer begins anew.</param>
    public DeepMlpTransformer<TModel> Fit(IDataView trainData, IDataView validationData, TModel model)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(validationData);
        ArgumentNullException.ThrowIfNull(model);

        return Train(trainData, validationData, model);
    }

    /// <summary>Lets a run start from a model, whose features the rows must have.</summary>
    private void StartFrom(TModel? previous, DataViewSchema schema, ref TrainingRun run)
    {
        if (previous is null)
        {
            if (Options.FrozenHiddenLayers > 0)
                run.Warn?.Invoke(Invariant($"FrozenHiddenLayers = {Options.FrozenHiddenLayers} leaves layers as they were drawn, since there is no model to start from: Fit(data, model) trains on from one."));
            return;
        }

        var features = TrainingColumns.FindFeatures(schema, Options.FeatureColumnName, previous.FeatureCount);
        if (previous.Network.Layout is { } layout)
            FeatureLayout.Require(features, layout);
        previous.FeatureSlots?.Require(features, "feature", "the model to start from");

        var networks = PreviousNetwork.Of(previous.Network, previous.Weights);
        int members = Options.Ensemble?.Members ?? 1;
        bool mayLackKinds = Options.Ensemble is { SelectsKinds: true } && networks.Count < members && run.Engine.CustomNetwork is null;
        if (networks.Count != members && !mayLackKinds)
        {
            throw new InvalidOperationException(Invariant($"The model to start from is {(networks.Count == 1 ? "one network" : Invariant($"the mean of {networks.Count}"))}, and the options ask for {(members == 1 ? "one" : Invariant($"an Ensemble of {members}"))}: ") +
                (networks.Count == 1 ? "leave Ensemble at null." : Invariant($"set Ensemble with Members = {networks.Count}.")) +
                (networks.Count < members && Options.Ensemble is { Kinds: > 1 } ? " If kinds were left out of it, set Ensemble.SelectsKinds as it was." : ""));
        }
        run = run with { Previous = networks };
        run.Log("training starts from the weights of a model.");
    }

    /// <summary>
    /// Gives each member of an ensemble the network that it starts from. Where the model lacks kinds, since its mean was better without them, their members have none, and are not trained.
    /// </summary>
    private TrainingRun StartMembers(ReadRows rows, RowSplit all, List<DeepMlpTrainer<TModel>> kinds, int members, TrainingRun run)
    {
        if (run.Previous is not { } networks || networks.Count == members)
            return run;

        int outputs = _task.SetUp(rows.Data, all, rows.Label).Outputs, next = 0;
        var own = new PreviousNetwork?[members];
        for (int member = 0; member < members && next < networks.Count; member++)
        {
            var previous = networks[next]!;
            var described = kinds.ConvertAll(kind => kind.Options.NeighborMeans is null != previous.Neighbors is null ? null : NetworkBuilder.Describe(kind.Options, previous.Width, outputs, previous.Layout, previous.Plain, _task.Mean));
            if (!IsLike(described[member % kinds.Count]))
                continue;
            if (described.FindIndex(IsLike) != described.FindLastIndex(IsLike))
            {
                throw new InvalidOperationException(Invariant($"The model to start from has {Plural.Of(networks.Count, "network")} in place of {members}, and several kinds of members have the same network as network {next + 1}: ") +
                    "which kinds the model has cannot be told. Set Ensemble to the kinds that it has.");
            }
            (own[member], next) = (previous, next + 1);

            bool IsLike(NetworkDescription? network) => network is not null && previous.IsLike(network);
        }
        if (next < networks.Count)
        {
            throw new InvalidOperationException(Invariant($"The model to start from has {Plural.Of(networks.Count, "network")}, and network {next + 1} is none of the kinds of members that the options describe: ") +
                "train with the options that the model was trained with.");
        }
        var lacking = own.Index().Where(member => member.Item is null).Select(member => Invariant($"{member.Index + 1}")).ToList();
        run.Log($"member{(lacking.Count > 1 ? "s" : "")} {string.Join(", ", lacking)} of {members} will not be trained: the model to start from lacks their kind.");
        return run with { Previous = own };
    }
}
