namespace MLExtensions.Networks;

/// <summary>
/// Trains in managed code with the vector instructions of the processor; needs no native library. The same seed and data
/// give the same weights bit for bit, whatever <see cref="Threads"/> is. Processors with other instructions may differ in
/// the last bits.
/// </summary>
public sealed class ManagedEngine : IMlpEngine
{
    private readonly int _threads;

    /// <summary>
    /// The most threads that a step uses, the calling one included; 0, the default, for the number of processors, divided
    /// among the trainings that run side by side. Small steps use fewer.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int Threads
    {
        get => _threads;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _threads = value;
        }
    }

    /// <inheritdoc/>
    public string Name => EffectiveThreads == 1 ? "managed, 1 thread" : $"managed, {EffectiveThreads} threads";

    private int EffectiveThreads => Threads == 0 ? Environment.ProcessorCount : Threads;

    /// <inheritdoc/>
    public bool TrainsOnRanks => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Sizes of network, data or settings do not fit together.</exception>
    public IMlpSession Open(NetworkDescription network, DataBlock data, EngineSettings settings) =>
        new ManagedSession(network, data, settings, Threads);
}
