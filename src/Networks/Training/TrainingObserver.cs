namespace MLExtensions.Networks.Training;

/// <summary>The loop's only tie to the outside: who is told of epochs, who can end the training, and what time it is.</summary>
/// <param name="Report">Is told of each epoch.</param>
/// <param name="IsCanceled">Asked before each batch.</param>
/// <param name="Clock">Tells how long training has lasted.</param>
internal sealed record TrainingObserver(Action<EpochReport> Report, Func<bool> IsCanceled, TimeProvider Clock)
{
    /// <summary>Is told of each step; null where nobody wants to know.</summary>
    public Action<StepReport>? Step { get; init; }

    /// <summary>Asked before each batch, too: whether to end the training with the best weights so far, whatever the options say of a cancellation.</summary>
    public Func<bool> IsStopped { get; init; } = () => false;

    /// <summary>Is offered the state of the training after each epoch, and at its end, which is put together where it asks for it.</summary>
    public KeepState? Keep { get; init; }
}

/// <summary>Is offered the state of a training.</summary>
/// <param name="epoch">The last epoch that was trained.</param>
/// <param name="isLast">Whether the training has come to its end.</param>
/// <param name="take">Puts the state together.</param>
internal delegate void KeepState(int epoch, bool isLast, Func<TrainingState> take);
