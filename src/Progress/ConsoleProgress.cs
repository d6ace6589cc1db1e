using Spectre.Console;

namespace MLExtensions.Progress;

/// <summary>
/// Shows trainings on the console: while one lasts a bar with the epoch, losses, the metric, the best epoch so far, rows per second and the time
/// left; when it is done, one line that stays. Members of an ensemble stand below a bar of the whole, trials and their folds below that of the search, where a line that stays tells of each trial. Folds of a
/// cross-validation are numbered as fits of their trainer, and stand below a bar of the whole where the application has begun one: <see cref="TrainingMonitor.Series"/>.
/// </summary>
/// <remarks>
/// The time left is that to the last epoch: early stopping may come sooner. Where output is no terminal, or <c>NO_COLOR</c> is set, it is plain lines, one each
/// <see cref="LineInterval"/> and one at the end. One may serve any number of trainers.
/// </remarks>
/// <example>
/// <code>
/// var options = new DeepMlpOptions { Progress = new ConsoleProgress() };
/// </code>
/// </example>
public sealed class ConsoleProgress : TrainingMonitor
{
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _clock;
    private readonly List<Track> _tracks = [];
    private readonly List<SeriesView> _series = [];
    private readonly Dictionary<(string Trainer, string Fit), int> _ended = [];
    private LiveRegion? _region;
    private long _drawn;
    private (string Trainer, string Fit)? _named;

    /// <summary>Shows trainings on the standard output.</summary>
    public ConsoleProgress()
        : this(AnsiConsole.Console)
    {
    }

    /// <summary>Shows trainings on a console of Spectre.Console.</summary>
    /// <param name="console">The console.</param>
    public ConsoleProgress(IAnsiConsole console)
        : this(console, TimeProvider.System)
    {
    }

    internal ConsoleProgress(IAnsiConsole console, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(console);

        _console = console;
        _clock = clock;
        HasBars = console.Profile.Out.IsTerminal && console.Profile.Capabilities is { Ansi: true, Interactive: true }
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    }

    /// <summary>Whether bars are drawn (true) or plain lines (false); by default what the console can do.</summary>
    public bool HasBars { get; init; }

    /// <summary>How long a bar stays as it is before it is drawn anew; 0.2 seconds by default.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>How much time is between two plain lines; 5 seconds by default.</summary>
    public TimeSpan LineInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override TrainingTrack Begin(TrainingStart start)
    {
        ArgumentNullException.ThrowIfNull(start);

        // Between two members, and before second trainings, nothing goes on.
        if (_tracks.Count + _series.Count == 0 && start is { Member: 1, IsRefit: false })
            _ended.Clear();
        Open();
        var track = new Track(this, new TrainingView(start, _clock));
        _tracks.Add(track);
        _series.Find(view => ReferenceEquals(view.Start, start.Series))?.Note(start);
        return track;
    }

    /// <inheritdoc/>
    public override SeriesTrack? BeginSeries(SeriesStart start)
    {
        ArgumentNullException.ThrowIfNull(start);

        Open();
        var view = new SeriesView(start, _clock);
        _series.Add(view);
        return new SeriesLines(this, view);
    }

    private void Open()
    {
        if (_tracks.Count + _series.Count > 0)
            return;
        _region = HasBars ? LiveRegion.Open(_console) : null;
        _drawn = _clock.GetTimestamp();
    }

    private TimeSpan Interval => _region is null ? LineInterval : RefreshInterval;

    private void Draw()
    {
        if (_clock.GetElapsedTime(_drawn) < Interval)
            return;

        _drawn = _clock.GetTimestamp();
        if (_region is not null)
            _region.Show(BarTree.Of(_series, [.. _tracks.Select(track => track.View)], view => _ended.GetValueOrDefault(KeyOf(view))));
        else
            WriteLines();
    }

    // Of trials side by side lines would say nothing.
    private void WriteLines()
    {
        foreach (var view in _series.Where(view => view.Start.Parent is null))
            WriteLine($"{view.Start.Name}, {view.Place}{(view.Best.Length > 0 ? $": {view.Best}" : "")}");
        foreach (var view in _tracks.Select(track => track.View).Where(LeavesLine))
            Write(view, $"{view.LineName}, {view.Place}{(view.Values.Length > 0 ? $": {view.Values}" : "")}");
    }

    private void Close(Track track, string line)
    {
        _tracks.Remove(track);
        Note(track.View);
        if (LeavesLine(track.View))
            Write(track.View, line);
        CloseRegion();
    }

    private void Close(SeriesView series)
    {
        _series.Remove(series);
        CloseRegion();
    }

    private void CloseRegion()
    {
        if (_tracks.Count + _series.Count > 0)
            return;
        _region?.Dispose();
        _region = null;
    }

    private void Note(TrainingView view)
    {
        if (view.Start.Members > 1)
            _ended[KeyOf(view)] = _ended.GetValueOrDefault(KeyOf(view)) + 1;
    }

    private static (string Trainer, string Fit) KeyOf(TrainingView view) => (view.Start.Trainer, $"{view.Start.Series?.Name}/{view.FitName}");

    // What is part of a part, as a training of a trial, is told of by the line of that.
    private static bool LeavesLine(TrainingView view) => view.Start.Series?.Parent is null;

    // Lines are written past the console, which would break long ones where output goes to a file.
    private void Write(TrainingView view, string line)
    {
        var start = view.Start;
        if (start.Members > 1 && _named != (start.Trainer, view.FitName))
        {
            _named = (start.Trainer, view.FitName);
            WriteLine(Invariant($"{view.FitName}, ensemble of {start.Members}:"));
        }
        WriteLine(line);
    }

    private void WriteLine(string line)
    {
        if (_region is not null)
            _region.WriteAbove(line);
        else
            _console.Profile.Out.Writer.WriteLine(line);
    }

    private sealed class SeriesLines(ConsoleProgress owner, SeriesView view) : SeriesTrack
    {
        public override void Report(SeriesReport report)
        {
            view.Note(report);
            owner.WriteLine(report.Text);
            owner.Draw();
        }

        protected override void Dispose(bool disposing)
        {
            owner.Close(view);
            base.Dispose(disposing);
        }
    }

    private sealed class Track(ConsoleProgress owner, TrainingView view) : TrainingTrack
    {
        // To look at the clock in each step would take up to 1 % of small ones.
        private const int LooksInAnEpoch = 100;

        private Exception? _reason;
        private TrainingHistory? _history;

        public TrainingView View { get; } = view;

        public override bool WantsSteps => true;

        public override void Report(StepReport step)
        {
            if (step.Batches > LooksInAnEpoch && step.Batch % (step.Batches / LooksInAnEpoch) > 0)
                return;
            View.Note(step);
            owner.Draw();
        }

        public override void Report(EpochReport epoch)
        {
            View.Note(epoch);
            owner.Draw();
        }

        public override void End(TrainingHistory history) => _history = history;

        public override void Fail(Exception reason) => _reason = reason;

        public override void Dispose()
        {
            owner.Close(this, _history is null ? View.Failed(_reason) : View.Ended(_history));
            base.Dispose();
        }
    }
}
