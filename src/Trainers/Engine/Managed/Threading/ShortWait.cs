namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>
/// Waiting for something that other threads bring about within microseconds: spins first, then gives way to whatever else
/// wants the processor at every look, so that more threads than processors still make progress.
/// </summary>
internal struct ShortWait
{
    // About 20 µs where a pause takes 40 cycles: longer than the difference between two members' parts of a small step.
    private const int Spins = 2000;

    private int _count;

    /// <summary>Waits a little.</summary>
    public void Once()
    {
        if (_count < Spins)
        {
            _count++;
            Thread.SpinWait(1);
        }
        else
        {
            Thread.Yield();
        }
    }
}
