namespace MLExtensions.Benchmarks.Speed;

/// <summary>How long a fresh process takes to have trained its first epoch.</summary>
internal static class StartupSection
{
    // Settings of the runtime that an application could choose, to tell what the start is made of.
    private static readonly (string Name, string? Variable, string Value)[] s_settings =
    [
        ("as it is", null, ""),
        ("without code compiled ahead in packages", "DOTNET_ReadyToRunExcludeList", string.Join(';', Directory.GetFiles(AppContext.BaseDirectory, "MLExtensions.*.dll").Select(Path.GetFileNameWithoutExtension))),
        ("TieredPGO=0", "DOTNET_TieredPGO", "0"),
        ("TC_QuickJitForLoops=0", "DOTNET_TC_QuickJitForLoops", "0"),
        ("TieredCompilation=0", "DOTNET_TieredCompilation", "0"),
        ("ReadyToRun=0", "DOTNET_ReadyToRun", "0"),
    ];

    public static IEnumerable<ReportTable> Run(SpeedRun run)
    {
        // One after the other in each round, and the first round not counted, as everywhere.
        var ours = s_settings.Take(run.Size(s_settings.Length, 2)).Select(setting => new Starter(setting.Name, () => Ours(setting.Variable, setting.Value))).ToArray();
        var theirs = run.Peers.All.OfType<PythonPeer>().Where(peer => peer.IsAsInstalled).Select(peer => new Starter(peer.Name, () => peer.Startup(StartupChild.File))).ToArray();
        var outcomes = run.Compete([.. ours, .. theirs]);
        double[] times = [.. outcomes.Select(outcome => 1000 / outcome.Median)];

        PeerValue[] peers = [.. theirs.Zip(times.Skip(ours.Length), (peer, time) => new PeerValue(peer.Name, time))];
        yield return new("startup", "Start: one epoch on iris",
            "From before the process is started to the end of the first epoch: load the runtime and the libraries, read the file, scale, set up 4-256-128-3, train 150 rows in batches of 16. The last rows show what settings of the runtime do to it.",
            [.. ours.Zip(times, (starter, time) => new Measurement(starter.Name, time, Unit.Milliseconds) { Peers = starter == ours[0] ? peers : [] })]);
    }

    private static TimeSpan Ours(string? variable, string value)
    {
        var start = ChildProcess.Start("startup");
        if (variable is not null)
            start.Environment[variable] = value;
        return ChildProcess.ReadLine(start).Time;
    }

    /// <summary>Starts a process per turn.</summary>
    private sealed record Starter(string Name, Func<TimeSpan> Measure) : IContender
    {
        public double Run(TimeSpan duration) => 1 / Measure().TotalSeconds;
    }
}
