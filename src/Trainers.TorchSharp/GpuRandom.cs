namespace MLExtensions.Trainers.TorchSharp;

/// <summary>
/// The random numbers of a session on a GPU. TorchSharp makes no generators for GPUs (but ones of the CPU, whatever device is named) and does
/// not tell where libtorch's own ones stand. So those are seeded again before each pass, from the seed and the number of the pass: what is
/// drawn follows from these two alone. Trainings at the same time share the generators.
/// </summary>
internal sealed class GpuRandom
{
    private readonly ulong _key;
    private int _passes;

    private GpuRandom(ulong key) => _key = key;

    /// <summary>What a session needs; null where it is on the CPU or draws no numbers.</summary>
    /// <param name="setup">The session.</param>
    public static GpuRandom? Create(SessionSetup setup) => setup.Device.CudaIndex is not null && Draws(setup)
        ? new GpuRandom(RandomStream.Key(setup.Settings.Seed, "dropout"))
        : null;

    /// <summary>Seeds the generators for the next pass.</summary>
    public void Seed() => cuda.manual_seed_all(unchecked((long)(_key + (ulong)_passes++)));

    /// <summary>Gives or sets the number of the pass.</summary>
    public void Exchange(StateExchange state) => state.Number("passes", ref _passes);

    private static bool Draws(SessionSetup setup) => setup.Settings.Update.WeightNoise > 0
        || setup.Network.Layers.Any(layer => layer is CustomLayer or DropoutLayer { Rate: > 0 } or LinearLayer { DropConnectRate: > 0 });
}
