namespace MLExtensions.Networks;

/// <summary>
/// A session whose steps run on a device of their own, one after another: the host prepares further steps meanwhile and asks
/// for the losses later, since waiting for each would leave the device idle between steps.
/// </summary>
public interface IQueuedMlpSession : IMlpSession
{
    /// <summary>Takes a step as <see cref="IMlpSession.Step"/> does, without waiting for it.</summary>
    /// <param name="rows">Indices of the rows of the batch, from 1 to the settings' <c>MaximumBatchRows</c> of them.</param>
    /// <param name="settings">The rates of this step.</param>
    void Enqueue(ReadOnlySpan<int> rows, in StepSettings settings);

    /// <summary>Waits for the steps enqueued since the last call, and gives their losses in order.</summary>
    double[] TakeLosses();
}
