using Spectre.Console;

namespace MLExtensions.Progress;

/// <summary>
/// Shows trainings on the console: while one lasts a bar with the epoch, losses, the metric, the best epoch so far, rows per second and the time
/// left; when it is done, one line that stays. Folds of a cross-validation are numbered as fits of their trainer, members of an ensemble stand below one another.
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

        if (_tracks.Count == 0)
        {
            _region = HasBars ? LiveRegion.Open(_console) : null;
            _drawn = _clock.GetTimestamp();
        }
        var track = new Track(this, new TrainingView(start, _clock));
        _tracks.Add(track);
        return track;
    }

    private TimeSpan Interval => _region is null ? LineInterval : RefreshInterval;

    private void Draw()
    {
        if (_clock.GetElapsedTime(_drawn) < Interval)
            return;

        _drawn = _clock.GetTimestamp();
        if (_region is not null)
            _region.Show(_tracks.Select(track => track.View));
        else
            foreach (var view in _tracks.Select(track => track.View))
                Write(view, $"{view.Name}, {view.Place}{(view.Values.Length > 0 ? $": {view.Values}" : "")}");
    }

    private void Close(Track track, string line)
    {
        _tracks.Remove(track);
        Write(track.View, line);
        if (_tracks.Count > 0)
            return;
        _region?.Dispose();
        _region = null;
    }

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
