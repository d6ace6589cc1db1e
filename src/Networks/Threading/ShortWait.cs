namespace MLExtensions.Networks.Threading;

/// <summary>
/// Waiting for something that other threads bring about within microseconds: spins first, then gives way to whatever else
/// wants the processor at every look, so that more threads than processors still make progress.
/// </summary>
internal struct ShortWait
{
    // About 20 µs, at the 31 ns that the runtime makes a spin last: more than two members' parts of a small step differ by.
    private const int Spins = 700;

    // About a tenth of a microsecond without a pause, which is as long as what is waited for mostly takes: a pause would end too late.
    private const int Looks = 128;

    private int _count;

    /// <summary>Waits a little.</summary>
    public void Once()
    {
        if (_count < Looks)
        {
            _count++;
        }
        else if (_count < Looks + Spins)
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
