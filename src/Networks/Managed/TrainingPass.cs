namespace MLExtensions.Networks.Managed;

/// <summary>
/// One training step, as each member of the team does it: its share of the rows forward and backward, then its share of
/// the parameters of every layer.
/// </summary>
internal sealed class TrainingPass(
    ManagedNetwork network, Batch batch, ManagedLoss loss, ParameterUpdater updater, PhasedUpdate update, WorkerTeam team,
    BatchAugmentation? augmentation) : ITeamWork
{
    private readonly int _portionRows = MemberRows.PortionOf(network.Members);

    /// <summary>The number of the step, from 0.</summary>
    public int Step { get; set; }

    /// <summary>How far to go.</summary>
    public TrainingPart Part { get; set; }

    /// <inheritdoc/>
    public void Execute(int member, int members)
    {
        Stage[] stages = network.Stages;
        RowRange own = RowShares.Of(batch.Rows, member, members);
        if (network.NeedsPreparation)
        {
            network.UpdateShares.PrepareStep(member, members, Step, addNoise: Part != TrainingPart.Statistics);
            team.Synchronize();
        }

        for (int i = 0; i < stages.Length - 1; i++)
        {
            RowRange rows = own;
            while (RowRange.TakePortion(ref rows, _portionRows, out RowRange portion))
            {
                Forward(i, portion);
                stages[i + 1].Opening!.SumForward(portion);
            }

            team.Synchronize(stages[i + 1].Opening!.FinishForward);
        }

        if (Part == TrainingPart.Statistics)
            return;

        RowRange last = own;
        while (RowRange.TakePortion(ref last, _portionRows, out RowRange portion))
        {
            Forward(stages.Length - 1, portion);
            if (augmentation is null)
                loss.Compute(portion);
            else
                augmentation.ComputeLoss(loss, portion);
            Backward(stages.Length - 1, portion);
        }

        for (int i = stages.Length - 2; i >= 0; i--)
        {
            team.Synchronize(stages[i + 1].Opening!.FinishBackward);
            RowRange rows = own;
            while (RowRange.TakePortion(ref rows, _portionRows, out RowRange portion))
            {
                stages[i + 1].Opening!.Backward(portion, Step);
                Backward(i, portion);
            }
        }

        team.Synchronize();
        if (Part == TrainingPart.Gradients)
            network.UpdateShares.Update(member, members, batch.Rows, updater, UpdatePart.Gradients);
        else
            update.Execute(member, members, batch.Rows);
    }

    private void Forward(int stage, RowRange rows)
    {
        if (stage == 0)
        {
            batch.GatherFeatures(rows);
            batch.GatherTargets(rows);
            // Statistics are for scoring, where rows come as they are.
            if (Part != TrainingPart.Statistics)
                augmentation?.Apply(rows);
        }

        network.Stages[stage].Opening?.Forward(rows, Step);
        foreach (ManagedLayer layer in network.Stages[stage].Layers)
            layer.Forward(MemberRows.Of(rows, layer.RowFactor), Step);
    }

    private void Backward(int stage, RowRange rows)
    {
        ManagedLayer[] layers = network.Stages[stage].Layers;
        for (int i = layers.Length - 1; i >= 0; i--)
            layers[i].Backward(MemberRows.Of(rows, layers[i].RowFactor), Step);
        network.Stages[stage].Opening?.SumBackward(rows);
    }
}
