namespace MLExtensions.Trainers.Training;

/// <summary>A training that is ready to run.</summary>
/// <param name="Plan">The training, on rows as they were read.</param>
/// <param name="Inputs">The scaling of the input; null where there is none.</param>
/// <param name="Diagnosed">What findings look at, before the training.</param>
internal sealed record PreparedTraining(TrainingPlan Plan, FittedInputs? Inputs, DiagnosedTraining Diagnosed)
{
    /// <summary>The network that other options would make; null where the engine has its own.</summary>
    public Func<MlpOptions, NetworkDescription>? Describe { get; init; }

    /// <summary>The training, on rows as the network reads them.</summary>
    /// <param name="mayChangeRows">Whether their memory may be changed.</param>
    public TrainingPlan Scale(bool mayChangeRows) => Inputs is null ? Plan : Plan with { Data = Inputs.Apply(Plan.Data, mayChangeRows, Plan.Options.RowMemory?.MaximumBytes ?? long.MaxValue) };
}
