namespace MLExtensions.Trainers.Training;

/// <summary>A training that is ready to run.</summary>
/// <param name="Plan">The training, on rows as they were read.</param>
/// <param name="Inputs">The scaling of the input; null where there is none.</param>
/// <param name="Neighbors">The means over neighbours behind it; null where there are none.</param>
/// <param name="Diagnosed">What findings look at, before the training.</param>
internal sealed record PreparedTraining(TrainingPlan Plan, FittedInputs? Inputs, FittedNeighbors? Neighbors, DiagnosedTraining Diagnosed)
{
    /// <summary>The network that other options would make; null where the engine has its own.</summary>
    public Func<MlpOptions, NetworkDescription>? Describe { get; init; }

    /// <summary>The training, on rows as the network reads them.</summary>
    /// <param name="mayChangeRows">Whether their memory may be changed.</param>
    public TrainingPlan Scale(bool mayChangeRows)
    {
        var data = Inputs?.Apply(Plan.Data, mayChangeRows, Plan.Options.RowMemory?.MaximumBytes ?? long.MaxValue) ?? Plan.Data;
        return Plan with { Data = Neighbors?.Apply(data) ?? data };
    }

    /// <summary>What was trained, with all that was fitted before it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    public (NetworkDescription Network, NetworkWeights Weights) Whole(NetworkDescription network, NetworkWeights weights)
    {
        if (Neighbors is not null)
            (network, weights) = Neighbors.Prepend(network, weights);
        return Inputs?.Prepend(network, weights) ?? (network, weights);
    }
}
