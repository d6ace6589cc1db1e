namespace MLExtensions.Networks.Training;

/// <summary>The weights that a training begins with.</summary>
internal static class StartWeights
{
    /// <summary>Those of the plan, or else drawn as its options say.</summary>
    public static NetworkWeights Of(TrainingPlan plan)
    {
        if (plan.Start is { } start)
            return start;

        var weights = NetworkBuilder.Initialize(plan.Network, plan.Options, new RandomStream(plan.Seed, "weights"));
        NetworkBuilder.Adapt(weights, plan.Network, plan.Options, plan.Data, plan.Split.Training, new RandomStream(plan.Seed, "adapt"), plan.Evaluator.Classes);
        return weights;
    }
}
