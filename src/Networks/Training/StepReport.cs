namespace MLExtensions.Networks;

/// <summary>What one training step gave.</summary>
/// <param name="Epoch">The number of the epoch, counted from 1.</param>
/// <param name="Batch">The number of the batch in its epoch, counted from 1.</param>
/// <param name="Batches">The number of batches of the epoch.</param>
/// <param name="Rows">The rows of the batch.</param>
/// <param name="Loss">The loss of the batch before the update, in the units of <see cref="EpochReport.TrainingLoss"/>, without penalties.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
public readonly record struct StepReport(int Epoch, int Batch, int Batches, int Rows, double Loss, float LearningRate);
