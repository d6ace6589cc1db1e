namespace MLExtensions.Networks.Training;

/// <summary>The loop's only tie to the outside: who is told of epochs, who can end the training, and what time it is.</summary>
/// <param name="Report">Is told of each epoch.</param>
/// <param name="IsCanceled">Asked before each batch.</param>
/// <param name="Clock">Tells how long training has lasted.</param>
internal sealed record TrainingObserver(Action<EpochReport> Report, Func<bool> IsCanceled, TimeProvider Clock)
{
    /// <summary>Is told of each step; null where nobody wants to know.</summary>
    public Action<StepReport>? Step { get; init; }

    /// <summary>Is offered the state of the training after each epoch, which is put together where it asks for it.</summary>
    public Action<int, Func<TrainingState>>? Keep { get; init; }
}
