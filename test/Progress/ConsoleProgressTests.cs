using System.Text.RegularExpressions;
using Microsoft.ML;
using Spectre.Console;
using Spectre.Console.Testing;

namespace MLExtensions.Progress.Tests;

[TestClass]
public sealed class ConsoleProgressTests
{
    private readonly ManualClock _clock = new();

    [TestMethod]
    public void Bars_InTheCourseOfATraining_TellPlaceValuesAndTimeLeft()
    {
        using var console = Terminal();
        var progress = Bars(console);
        using var track = progress.Begin(Trainings.Start());

        _clock.Advance(1000);
        track.Report(new StepReport(1, 1, 4, 250, 0.7, 0.01f));
        string early = console.Output;
        _clock.Advance(1000);
        track.Report(new StepReport(1, 2, 4, 250, 0.7, 0.01f));
        string first = console.Output[early.Length..];
        _clock.Advance(2000);
        track.Report(Trainings.Epoch(1));
        track.Report(Trainings.Epoch(2, isBest: false));
        _clock.Advance(2000);
        track.Report(new StepReport(3, 1, 4, 250, 0.7, 0.01f));

        early.Should().Contain("epoch 1 of 10, 250 rows/s").And.NotContain("left", "the first seconds are slow");
        first.Should().Contain("Fit 1").And.Contain("epoch 1 of 10, 250 rows/s, at most 38 s left").And.Contain("━━━━━");
        string second = console.Output[(early.Length + first.Length)..];
        second.Should().Contain("epoch 1 of 10, 250 rows/s, at most 36 s left", "a place between two epochs is that of the last")
            .And.Contain("epoch 3 of 10, 375 rows/s, at most 21 s left")
            .And.Contain("loss 0.2500, validation 0.3000, accuracy 0.8200, best 0.8100 (epoch 1)");
    }

    [TestMethod]
    public void Bars_BetweenTwoRefreshes_AreLeftAsTheyAre()
    {
        using var console = Terminal();
        var progress = Bars(console);
        using var track = progress.Begin(Trainings.Start());
        _clock.Advance(1000);
        track.Report(Trainings.Epoch(1));
        string output = console.Output;

        _clock.Advance(199);
        track.Report(Trainings.Epoch(2));

        console.Output.Should().Be(output);
        _clock.Advance(1);
        track.Report(Trainings.Epoch(3));
        console.Output.Should().NotBe(output);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Intervals_Given_AreThoseOfBarsOrLines(bool hasBars)
    {
        using var console = Terminal();
        var progress = new ConsoleProgress(console, _clock) { HasBars = hasBars, RefreshInterval = TimeSpan.FromSeconds(3), LineInterval = TimeSpan.FromSeconds(7) };
        using var track = progress.Begin(Trainings.Start());
        var written = new List<int>();
        int length = console.Output.Length;

        foreach (int second in Enumerable.Range(1, 15))
        {
            _clock.Advance(1000);
            track.Report(Trainings.Epoch(Math.Min(second, 10)));
            if (console.Output.Length > length)
                written.Add(second);
            length = console.Output.Length;
        }

        written.Should().Equal(hasBars ? [3, 6, 9, 12, 15] : [7, 14]);
    }

    [TestMethod]
    public void Bars_EpochOfManySteps_AreDrawnInItsCourseAtAHundredOfThem()
    {
        using var console = Terminal();
        var progress = Bars(console);
        using var track = progress.Begin(Trainings.Start());
        int drawn = 0;

        foreach (int batch in Enumerable.Range(1, 1000))
        {
            _clock.Advance(1000);
            int length = console.Output.Length;
            track.Report(new StepReport(1, batch, 1000, 1, 0.7, 0.01f));
            drawn += console.Output.Length > length ? 1 : 0;
        }

        drawn.Should().Be(100);
    }

    [TestMethod]
    public void Bars_TrainingEnds_LeaveOneLine()
    {
        using var console = Terminal();
        var progress = Bars(console);
        var track = progress.Begin(Trainings.Start(fit: 2));
        _clock.Advance(5000);
        track.Report(Trainings.Epoch(1));

        track.End(Trainings.History(3));
        track.Dispose();

        console.Output.Should().Contain("Fit 2: 3 epochs in 5.0 s, best 3 (validation 0.2000, accuracy 0.8300)");
        console.Output.Should().EndWith("\u001b[?25h", "the cursor is shown again");
    }

    [TestMethod]
    public void Bars_SideBySide_ShowAllThatGoOn()
    {
        using var console = Terminal();
        var progress = Bars(console);
        using var first = progress.Begin(Trainings.Start(member: 1, members: 3));
        using var second = progress.Begin(Trainings.Start(member: 2, members: 3));
        _clock.Advance(1000);
        first.Report(Trainings.Epoch(1));
        first.End(Trainings.History(1));
        first.Dispose();
        string ended = console.Output;
        _clock.Advance(1000);

        second.Report(Trainings.Epoch(1));

        ended.Should().Contain("  member 1  ").And.Contain("  member 2  ").And.Contain("Fit 1, ensemble of 3:").And.Contain("  member 1: 1 epoch in 1.0 s");
        console.Output[ended.Length..].Should().Contain("  member 2  ").And.NotContain("member 1");
    }

    [TestMethod]
    public void Bars_Ensemble_StandBelowOneOfTheWhole()
    {
        using var console = Terminal();
        var progress = Bars(console);
        var options = new DeepMlpOptions { RefitOnAllRows = true };
        using var other = progress.Begin(Trainings.Start(fit: 2));
        using (var first = progress.Begin(Trainings.Start(member: 1, members: 2, options: options)))
        {
            first.End(Trainings.History(1));
        }
        using (var again = progress.Begin(Trainings.Start(member: 1, members: 2, isRefit: true, options: options)))
        {
            again.End(Trainings.History(1));
        }
        using var second = progress.Begin(Trainings.Start(member: 2, members: 2, options: options));
        _clock.Advance(1000);
        second.Report(Trainings.Epoch(5));

        Screen(console).Should().Contain(["Fit 1  ━  1 of 2 members done", "  member 2  ━  epoch 5 of 10, 5,000 rows/s, at most 1.0 s left"]);
    }

    [TestMethod]
    public void Bars_SecondTrainingsAfterAllFirstOnes_GoOnWithTheCount()
    {
        using var console = Terminal();
        var progress = Bars(console);
        var options = new DeepMlpOptions { RefitOnAllRows = true };
        foreach (int member in new[] { 1, 2 })
        {
            using var track = progress.Begin(Trainings.Start(member: member, members: 2, options: options));
            track.End(Trainings.History(1));
        }
        using (var again = progress.Begin(Trainings.Start(member: 1, members: 2, isRefit: true, options: options)))
        {
            again.End(Trainings.History(1));
        }

        using var second = progress.Begin(Trainings.Start(member: 2, members: 2, isRefit: true, options: options));
        _clock.Advance(1000);
        second.Report(Trainings.Epoch(5));

        Screen(console).Should().Contain("Fit 1  ━  1 of 2 members done", "three of four trainings are");
    }

    [TestMethod]
    public void Bars_FoldsOfACrossValidation_StandBelowThatOfAll()
    {
        using var console = Terminal();
        var progress = Bars(console);
        var folds = progress.Series(new() { Name = "cross-validation", Unit = "fold", Count = 4 });
        using (var first = folds.Begin(Trainings.Start()))
        {
            first.Report(Trainings.Epoch(10));
            first.End(Trainings.History(10));
        }
        var second = folds.Begin(Trainings.Start(fit: 2));
        _clock.Advance(1000);
        second.Report(Trainings.Epoch(5));

        string screen = string.Join('\n', Screen(console));
        screen.Should().Contain("cross-validation  ━  fold 2 of 4\n  fold 2  ━  epoch 5 of 10, 5,000 rows/s, at most 1.0 s left\n    loss 0.1000,");
        console.Output.Should().Contain("fold 1: 10 epochs in 0.0 s");
        DoneOf(console, "cross-validation").Should().BeApproximately(1.5 / 4, 0.02);
        second.Dispose();
        folds.Dispose();
        console.Output.Should().EndWith("\u001b[?25h", "the cursor is shown again");
    }

    [TestMethod]
    public void Bars_Search_ShowsTrialsBelowItAndLeavesOneLineForEach()
    {
        using var console = Terminal();
        var progress = Bars(console);
        using var search = progress.Series(new() { Name = "search", Unit = "trial", TimeLimit = TimeSpan.FromSeconds(10) });
        using var folded = search.Series(new() { Name = "trial 1", Unit = "fold", Count = 5 });
        using var single = search.Series(new() { Name = "trial 2", Unit = "fold", Count = 1 });
        using (var first = folded.Begin(Trainings.Start()))
        {
            first.End(Trainings.History(10));
        }
        using var fold = folded.Begin(Trainings.Start(fit: 2));
        using var alone = single.Begin(Trainings.Start());
        _clock.Advance(4000);
        search.Report(new SeriesReport(3, "trial 3: 0.4100", "best 0.4100 (trial 3)"));
        alone.Report(Trainings.Epoch(1));

        Screen(console).Should().Equal(
            "trial 3: 0.4100",
            "search  ━  3 trials done, at most 6.0 s left",
            "  best 0.4100 (trial 3)",
            "  trial 1  ━  fold 2 of 5",
            "    fold 2  ━  epoch 1 of 10",
            "  trial 2  ━  epoch 1 of 10");
        DoneOf(console, "search").Should().BeApproximately(0.4, 0.02);
        console.Output.Should().MatchRegex(@"trial 3: 0\.4100 +\n", "blanks cover the bar that was there before").And.NotContain("fold 1: 10 epochs");
    }

    [TestMethod]
    public void Lines_Search_TellOfTheWholeAndOfEachTrial()
    {
        using var console = new TestConsole();
        var progress = new ConsoleProgress(console, _clock);
        using var search = progress.Series(new() { Name = "search", Unit = "trial", Count = 20 });
        using var trial = search.Series(new() { Name = "trial 1", Unit = "fold", Count = 5 });
        using (var track = trial.Begin(Trainings.Start()))
        {
            _clock.Advance(5000);
            track.Report(Trainings.Epoch(1));
            search.Report(new SeriesReport(1, "trial 1: 0.4100", "best 0.4100 (trial 1)"));
            _clock.Advance(5000);
            track.Report(Trainings.Epoch(2));
        }
        using (var last = search.Titled("trial 1").Begin(Trainings.Start(isRefit: true)))
        {
            last.End(Trainings.History(2));
        }

        console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "search, 0 of 20 trials done",
            "trial 1: 0.4100",
            "search, 1 of 20 trials done: best 0.4100 (trial 1)",
            "trial 1, again on all rows: 2 epochs in 0.0 s, best 2 (validation 0.3000, accuracy 0.8200)");
    }

    [TestMethod]
    [DataRow(80)]
    [DataRow(40)]
    public void Bars_AnyWidth_FitTheTerminal(int width)
    {
        using var console = Terminal().Width(width);
        console.EmitAnsiSequences = false;
        var progress = Bars(console);
        using var track = progress.Begin(Trainings.Start(epochs: 200) with { TrainingRows = 123_456_789, MetricName = "pinball loss" });
        _clock.Advance(100_000);

        track.Report(new EpochReport(1, 123456.789, 123456.789, 123456.789, 0.1f, 100, true));

        string written = Regex.Replace(console.Output, "\u001b\\[[?0-9;]*[A-Za-z]", "");
        written.Split('\n').Should().OnlyContain(line => line.Length <= width);
    }

    [TestMethod]
    public void Bars_SomethingElseIsDrawnInPlace_GiveWayToLines()
    {
        using var console = Terminal();
        var progress = Bars(console);

        console.Status().Start("busy", _ =>
        {
            var track = progress.Begin(Trainings.Start());
            track.End(Trainings.History(3));
            track.Dispose();
        });

        console.Output.Should().Contain("Fit 1: 3 epochs in 0.0 s");
    }

    [TestMethod]
    public void Lines_InTheCourseOfATraining_ComeEachFewSeconds()
    {
        using var console = new TestConsole();
        var progress = new ConsoleProgress(console, _clock);
        var track = progress.Begin(Trainings.Start());

        foreach (int epoch in Enumerable.Range(1, 10))
        {
            _clock.Advance(2000);
            track.Report(Trainings.Epoch(epoch));
        }
        track.End(Trainings.History(10));
        track.Dispose();

        console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "Fit 1, epoch 3 of 10, 500 rows/s, at most 14 s left: loss 0.1667, validation 0.2000, accuracy 0.8300, best 0.8300 (epoch 3)",
            "Fit 1, epoch 6 of 10, 500 rows/s, at most 8.0 s left: loss 0.08333, validation 0.1000, accuracy 0.8600, best 0.8600 (epoch 6)",
            "Fit 1, epoch 9 of 10, 500 rows/s, at most 2.0 s left: loss 0.05556, validation 0.06667, accuracy 0.8900, best 0.8900 (epoch 9)",
            "Fit 1: 10 epochs in 20 s, best 10 (validation 0.06000, accuracy 0.9000)");
    }

    [TestMethod]
    public void Lines_Titles_StandForTheFits()
    {
        using var console = new TestConsole();
        var progress = new ConsoleProgress(console, _clock);
        var titled = progress.Titled("rate 0.01");

        foreach (var start in new[] { Trainings.Start(), Trainings.Start(fit: 2), Trainings.Start(fit: 3, members: 2) })
        {
            using var track = titled.Begin(start);
            track.End(Trainings.History(1));
        }

        console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")[0]).Should()
            .Equal("rate 0.01", "rate 0.01, fit 2", "rate 0.01, fit 3, ensemble of 2:", "  member 1");
    }

    [TestMethod]
    public void Lines_TimeLimit_BoundsTheTimeLeft()
    {
        using var console = new TestConsole();
        var progress = new ConsoleProgress(console, _clock);
        using var track = progress.Begin(Trainings.Start(options: new DeepMlpOptions { EarlyStopping = new() { TimeLimit = TimeSpan.FromSeconds(15) } }));
        _clock.Advance(10_000);

        track.Report(Trainings.Epoch(1));

        console.Output.Should().Contain("at most 5.0 s left");
    }

    [TestMethod]
    public void Lines_TrainingFails_SayWhy()
    {
        using var console = new TestConsole();
        var progress = new ConsoleProgress(console, _clock);
        foreach (var reason in new Exception?[] { new OperationCanceledException(), new IOException(), null })
        {
            using var track = progress.Begin(Trainings.Start());
            track.Report(Trainings.Epoch(1));
            if (reason is not null)
                track.Fail(reason);
        }

        console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should()
            .Equal("Fit 1: cancelled in epoch 2", "Fit 1: failed in epoch 2 (IOException)", "Fit 1: ended in epoch 2");
    }

    [TestMethod]
    public void Fit_FoldsOfACrossValidation_AreNumbered()
    {
        using var console = new TestConsole();
        var ml = new MLContext(seed: 1);
        var trainer = ml.BinaryClassification.Trainers.DeepMlp(Trainings.Quick with { Progress = new ConsoleProgress(console) });

        ml.BinaryClassification.CrossValidate(Examples.Load(ml), trainer, numberOfFolds: 3, labelColumnName: "Truth");

        console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[.."Fit 1: 4 epochs".Length])
            .Should().Equal("Fit 1: 4 epochs", "Fit 2: 4 epochs", "Fit 3: 4 epochs");
    }

    [TestMethod]
    public void Fit_EnsembleWithBars_LeavesOneLineForEachTraining()
    {
        using var console = Terminal();
        console.EmitAnsiSequences = false;
        var progress = new ConsoleProgress(console) { HasBars = true, RefreshInterval = TimeSpan.Zero };

        Trainings.Fit(Trainings.Quick with { Progress = progress, Ensemble = new() { Members = 3 }, RefitOnAllRows = true, Engine = new ManagedEngine() });

        foreach (string member in new[] { "member 1", "member 2", "member 3" })
            console.Output.Should().MatchRegex($@"  {member}: 4 epochs in .*best").And.MatchRegex($@"  {member}, again on all rows: \d epochs? in ");
    }

    [TestMethod]
    public void HasBars_OutputThatIsNoTerminal_IsFalse()
    {
        using var console = new TestConsole();

        new ConsoleProgress(console).HasBars.Should().BeFalse();
    }

    [TestMethod]
    [DataRow(null, true)]
    [DataRow("1", false)]
    public void HasBars_Terminal_IsFalseWithNoColor(string? noColor, bool expected)
    {
        string? before = Environment.GetEnvironmentVariable("NO_COLOR");
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new TerminalOutput(writer) });
        try
        {
            Environment.SetEnvironmentVariable("NO_COLOR", noColor);

            new ConsoleProgress(console).HasBars.Should().Be(expected);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NO_COLOR", before);
        }
    }

    // What stands on the screen at the end, each bar as one character.
    private static IReadOnlyList<string> Screen(TestConsole console) =>
        [.. Last(console).Select(line => Regex.Replace(line, "━+", "━").TrimEnd()).Where(line => line.Length > 0)];

    private static IEnumerable<string> Last(TestConsole console) =>
        Regex.Replace(console.Output.Split("\u001b[1A")[^1], "\u001b\\[[?0-9;]*[A-Za-z]", "").Split('\n', '\r');

    // The share of a bar that is blue.
    private static double DoneOf(TestConsole console, string name)
    {
        var parts = Regex.Match(console.Output.Split("\u001b[1A")[^1], $@"{name}  \u001b\[[0-9;]*m(━*)\u001b\[0m\u001b\[[0-9;]*m(━*)");
        return (double)parts.Groups[1].Length / (parts.Groups[1].Length + parts.Groups[2].Length);
    }

    private ConsoleProgress Bars(IAnsiConsole console) => new(console, _clock) { HasBars = true };

    private static TestConsole Terminal() => new TestConsole().Interactive().EmitAnsiSequences().Width(80);

    private sealed class TerminalOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 80;

        public int Height => 24;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
