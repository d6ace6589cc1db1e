namespace MLExtensions.Distributed;

/// <summary>
/// The processes that <c>mpiexec</c> has started: <c>mpiexec -n 4 dotnet app.dll</c>, with <c>Communicator = Mpi.World</c> in the options of a trainer. Every
/// process runs the whole program and gets the same model; what shall happen once, such as saving it, is for rank 0:
/// <c>if (Mpi.World.Rank == 0) ...</c>.
/// </summary>
/// <remarks>
/// Works with MPICH, Intel MPI and, on Windows, MS-MPI, which share one binary interface; not with Open MPI. Started without <c>mpiexec</c>, a program is
/// the one rank of its world.
/// </remarks>
/// <example>
/// <code>
/// var trainer = ml.BinaryClassification.Trainers.DeepMlp(new DeepMlpOptions { BatchSize = 4096, Communicator = Mpi.World });
/// var model = trainer.Fit(data);
/// if (Mpi.World.Rank == 0)
///     ml.Model.Save(model, data.Schema, "model.zip");
/// </code>
/// </example>
public static class Mpi
{
    private static readonly Lazy<MpiCommunicator> s_world = new(MpiCommunicator.Open);
    private static long s_patienceTicks = TimeSpan.FromSeconds(25).Ticks;

    /// <summary>All processes that <c>mpiexec</c> has started. The first call makes MPI ready; it is ended with the process.</summary>
    /// <exception cref="InvalidOperationException">There is no MPI library, or the processes were started by another MPI's <c>mpiexec</c>.</exception>
    public static Communicator World => s_world.Value;

    /// <summary>
    /// How long a rank waits for the others within a training, 25 seconds by default, before it takes one for dead, hung or cut off and ends all of them;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for any time. Before a training begins, ranks wait for one another as long as it takes to read the rows; one that has waited so long says so, once, on its standard error. Set it higher where
    /// <see cref="MlpOptions.Progress"/> or a checkpoint on a slow disk takes rank 0 longer, or to step through with a debugger.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is less than a second.</exception>
    public static TimeSpan Patience
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref s_patienceTicks));
        set
        {
            if (value != Timeout.InfiniteTimeSpan)
                ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromSeconds(1));
            Interlocked.Exchange(ref s_patienceTicks, value.Ticks);
        }
    }
}
