namespace MLExtensions.Trainers.Training;

/// <summary>The loop's only tie to the outside: who is told of epochs, and who can end the training.</summary>
/// <param name="Report">Is told of each epoch.</param>
/// <param name="IsCanceled">Asked before each batch.</param>
internal sealed record TrainingObserver(Action<EpochReport> Report, Func<bool> IsCanceled);
