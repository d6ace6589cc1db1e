namespace MLExtensions.Networks;

/// <summary>
/// A place in training, at which a <see cref="Schedule"/> says its factor. Places are told in epochs, fractions included, so that a
/// schedule means the same whatever the batch size.
/// </summary>
/// <param name="Epoch">The epochs done when the step begins: 2.5 in the middle of the third; from 0, below <paramref name="TotalEpochs"/>.</param>
/// <param name="TotalEpochs">The epochs that training takes if nothing ends it early.</param>
/// <param name="StepLength">The part of an epoch that one step is: 1 / (steps of the present epoch).</param>
/// <param name="Monitored">
/// The monitored value of each epoch done, turned so that lower is better: what early stopping watches, or else the training loss.
/// </param>
public readonly record struct SchedulePoint(double Epoch, double TotalEpochs, double StepLength, ReadOnlyMemory<double> Monitored)
{
    /// <summary>The part of training that is done, from 0 to below 1: steps done / steps in all, where all batches are of one size.</summary>
    public double Progress => Epoch / TotalEpochs;

    /// <summary>The whole epochs done.</summary>
    public int WholeEpochs => (int)Epoch;
}
