namespace MLExtensions.Networks;

/// <summary>Training met a loss or weights that are NaN or infinite, and gave no model.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    internal TrainingDivergedException(int epoch, int batch, string what, float learningRate)
        : base(Invariant($"Training diverged in epoch {epoch}, batch {batch}: {what}. Lower LearningRate (now {learningRate}) or scale the features."))
    {
        Epoch = epoch;
        Batch = batch;
    }

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; }

    /// <summary>The batch within the epoch, counted from 1.</summary>
    public int Batch { get; }
}
