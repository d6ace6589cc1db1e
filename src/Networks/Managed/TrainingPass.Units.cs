namespace MLExtensions.Networks.Managed;

internal sealed partial class TrainingPass
{
    // Each hidden layer by its units, which need those of the layer before and nothing of one another, and the loss by rows, which need all
    // outputs. The weights of a thread's units stay in its cache from step to step: what threads hand over are values of units, so that wide
    // layers and few rows gain, and nobody waits for statistics of a batch.
    private TeamPhase[] StepByUnits(UnitPlan plan, Func<IUpdateShares, PhasedUpdate> updateWith)
    {
        var shares = new UnitShares(plan);
        return
        [
            ByRows(portion => Enter(plan.Inputs, portion)),
            .. plan.Blocks.Select(block => ByUnits(block, strip => block.Forward(strip, AllRows, Step))),
            ByRows(portion => ComputeOutputs(plan.Output, portion)),
            .. plan.Blocks.Zip(plan.Behind, (block, behind) => ByUnits(block, strip => block.Backward(strip, behind, AllRows, Step))).Reverse(),
            .. plan.InputsLearn ? [ByRows(portion => Leave(plan, portion))] : (TeamPhase[])[],
            .. updateWith(shares).Phases(() => _batch.Rows, () => shares.Count),
        ];
    }

    private RowRange AllRows => new(0, _batch.Rows);

    private static TeamPhase ByUnits(UnitBlock block, Action<int> work) => new(() => block.Strips, work);

    private void Enter(ManagedLayer[] inputs, RowRange portion)
    {
        Gather(portion);
        foreach (ManagedLayer layer in inputs)
            layer.Forward(portion, Step);
    }

    private void Leave(UnitPlan plan, RowRange portion)
    {
        plan.Blocks[0].Linear.Backward(portion, Step);
        for (int i = plan.Inputs.Length - 1; i >= 0; i--)
            plan.Inputs[i].Backward(portion, Step);
    }

    // And the loss of them.
    private void ComputeOutputs(ManagedLinearLayer output, RowRange portion)
    {
        output.Forward(portion, Step);
        ComputeLoss(portion);
    }
}
