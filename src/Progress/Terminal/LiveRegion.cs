using Spectre.Console;

namespace MLExtensions.Progress.Terminal;

/// <summary>The last lines of a terminal, which are drawn anew in place while others are written above them.</summary>
internal sealed class LiveRegion : IDisposable
{
    private readonly IAnsiConsole _console;
    private readonly ManualResetEventSlim _done;
    private readonly Task _session;
    private readonly LiveDisplayContext _context;

    private LiveRegion(IAnsiConsole console, Task session, LiveDisplayContext context, ManualResetEventSlim done)
    {
        (_console, _session, _context, _done) = (console, session, context, done);
        Console.CancelKeyPress += ShowCursor;
    }

    /// <summary>Opens the region; null where something else of the application is drawn in one already.</summary>
    public static LiveRegion? Open(IAnsiConsole console)
    {
        var done = new ManualResetEventSlim();
        var started = new TaskCompletionSource<LiveDisplayContext>();

        // Spectre draws for as long as a function runs, and here it is the trainings that go on: a thread of its own waits for their end.
        var session = Task.Factory.StartNew(() => console.Live(new Rows()).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(context =>
        {
            started.SetResult(context);
            done.Wait();
        }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (Task.WaitAny(started.Task, session) == 0)
            return new LiveRegion(console, session, started.Task.Result, done);

        done.Dispose();
        return session.Exception?.InnerException is InvalidOperationException ? null : throw session.Exception!.InnerException!;
    }

    /// <summary>Draws bars.</summary>
    public void Show(IEnumerable<Bar> bars) => _context.UpdateTarget(new Rows(bars.SelectMany(bar => BarLines.Of(bar, _console.Profile))));

    /// <summary>Writes a line that stays.</summary>
    // As wide as the terminal: it is written over what was drawn there, which nobody wipes out.
    public void WriteAbove(string line) => _console.Write(new Padder(new Text(line), new Padding(0)).Expand());

    /// <summary>Wipes the region out.</summary>
    public void Dispose()
    {
        Console.CancelKeyPress -= ShowCursor;
        _done.Set();
        _session.GetAwaiter().GetResult();
        _done.Dispose();
    }

    // It is hidden while the region is there, and would be after the process has been ended.
    private void ShowCursor(object? sender, ConsoleCancelEventArgs e) => _console.Cursor.Show();
}
