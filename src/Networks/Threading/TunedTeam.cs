using System.Diagnostics;

namespace MLExtensions.Networks.Threading;

/// <summary>
/// The team of a training: so many members as its share of the processors allows and as measurements say are fastest. Who uses it chooses a
/// shape for each piece of work, and then runs it.
/// </summary>
internal sealed class TunedTeam : IDisposable
{
    private readonly WorkerTeam _team;
    private readonly TeamTuner _tuner;
    private readonly ProcessorShare? _share;
    private readonly bool _canShareUnits;
    private long _start;

    /// <summary>Makes a team.</summary>
    /// <param name="size">The most members.</param>
    /// <param name="canShareUnits">Whether members can share units as well as rows.</param>
    /// <param name="sharesProcessors">Whether trainings side by side divide the processors.</param>
    public TunedTeam(int size, bool canShareUnits, bool sharesProcessors)
    {
        _team = new WorkerTeam(size);
        _tuner = new TeamTuner(size, canShareUnits);
        _share = sharesProcessors ? new ProcessorShare() : null;
        _canShareUnits = canShareUnits;
    }

    /// <summary>The shape that all work is done in, as far as it has one for it; null, the default, lets measurements decide. For tests.</summary>
    public TeamShape? Fixed { get; set; }

    /// <summary>The shape that was chosen last.</summary>
    public TeamShape Shape { get; private set; } = new(1, false);

    /// <summary>Chooses the shape for a step that begins now, and tries others now and then.</summary>
    /// <param name="rowShares">The shares into which rows can be divided; more members than these would find nothing to do.</param>
    /// <param name="mayShareUnits">Whether this step may be done by units, in which every member has a share.</param>
    public TeamShape ChooseForStep(int rowShares, bool mayShareUnits)
    {
        TeamShape wanted = Fixed ?? _tuner.Shape;
        bool sharesUnits = wanted.SharesUnits && _canShareUnits && mayShareUnits;
        return Choose(wanted.Members, sharesUnits ? wanted.Members : rowShares, sharesUnits);
    }

    /// <summary>Chooses the shape for other work that begins now: as many members as do steps fastest.</summary>
    /// <param name="rowShares">The shares into which rows can be divided.</param>
    public TeamShape ChooseForRows(int rowShares) => Choose((Fixed ?? _tuner.Fastest).Members, rowShares, sharesUnits: false);

    /// <summary>Does work in the shape that was chosen; how long that took since then, in ticks of <see cref="Stopwatch"/>.</summary>
    /// <param name="phases">The work.</param>
    public long Run(IReadOnlyList<TeamPhase> phases)
    {
        _team.Run(phases, Shape.Members);

        long end = Stopwatch.GetTimestamp();
        _share?.End(end);
        return end - _start;
    }

    /// <summary>Takes note of how long a step took.</summary>
    /// <param name="rows">The rows of the step.</param>
    /// <param name="ticks">The time, as <see cref="Run"/> gave it.</param>
    public void Report(int rows, long ticks) => _tuner.Report(Shape, rows, ticks);

    /// <summary>Ends the helpers, and gives the share of the processors back.</summary>
    public void Dispose()
    {
        _team.Dispose();
        _share?.Dispose();
    }

    private TeamShape Choose(int wanted, int shares, bool sharesUnits)
    {
        _start = Stopwatch.GetTimestamp();
        int most = Math.Min(wanted, _share?.Begin(_start) ?? wanted);
        int members = Math.Clamp(shares, 1, most);
        return Shape = new(members, sharesUnits && members > 1);
    }
}
