namespace MLExtensions.Trainers.TorchSharp.Devices;

/// <summary>
/// Sets the number of threads that libtorch computes with on the CPU while it lives. libtorch keeps the number for the process and for the
/// thread that sets it: it is made, used and disposed of on one thread, and what the application had set comes back.
/// </summary>
internal sealed class ComputingThreads : IDisposable
{
    // Parameters times rows. Below, a step takes a millisecond or two on one thread, and threads that wait for one another gain nothing;
    // on a busy machine they lose much: 33 s for what one thread did in 2.1 s.
    private const long SmallStep = 1 << 24;

    private static readonly Lock s_lock = new();
    private static int s_users;
    private static int s_before;
    private bool _isDisposed;

    private ComputingThreads(int threads)
    {
        lock (s_lock)
        {
            if (s_users++ == 0)
                s_before = get_num_threads();
            set_num_threads(threads);
        }
    }

    /// <summary>Sets the number for a session; null where it stays as it is: on a GPU, and for large steps where nobody asked for a number.</summary>
    public static ComputingThreads? For(SessionSetup setup)
    {
        if (setup.Device.CudaIndex is not null)
            return null;
        if (setup.Threads > 0)
            return new ComputingThreads(setup.Threads);
        return IsSmall(setup) ? new ComputingThreads(1) : null;
    }

    public void Dispose()
    {
        lock (s_lock)
        {
            if (_isDisposed)
                return;

            _isDisposed = true;
            s_users--;
            set_num_threads(s_before);
        }
    }

    private static bool IsSmall(SessionSetup setup) =>
        (long)new ParameterLayout(setup.Network).TrainedLength * Math.Min(setup.Settings.MaximumBatchRows, setup.Data.Rows) <= SmallStep;
}
