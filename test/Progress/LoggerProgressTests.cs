using Microsoft.Extensions.Logging;

namespace MLExtensions.Progress.Tests;

[TestClass]
public sealed class LoggerProgressTests
{
    private readonly ListLogger _logger = new();

    [TestMethod]
    public void Fit_Logger_GetsAnEntryForStartEachEpochAndEnd()
    {
        var history = Trainings.Fit(Trainings.Quick with { Progress = new LoggerProgress(_logger) });

        _logger.Entries.Select(entry => entry.Id).Should().Equal(1, 2, 2, 2, 2, 3);
        _logger.Entries.Should().OnlyContain(entry => entry.Level == LogLevel.Information
            && (string?)entry.Values["Trainer"] == "DeepMlpBinaryTrainer" && (int?)entry.Values["Fit"] == 1 && (string?)entry.Values["Member"] == "1 of 1");
        _logger.Entries[0].Values.Should().Contain("TrainingRows", history.TrainingRows).And.Contain("Label", "Truth").And.Contain("Seed", 5);
        var epoch = history.Epochs[1];
        _logger.Entries[2].Values.Should().Contain("Epoch", 2).And.Contain("TrainingLoss", epoch.TrainingLoss).And.Contain("ValidationLoss", epoch.ValidationLoss)
            .And.Contain("MetricName", "accuracy").And.Contain("Metric", epoch.ValidationMetric).And.Contain("LearningRate", epoch.LearningRate).And.Contain("IsBest", epoch.IsBest);
        _logger.Entries[^1].Values.Should().Contain("BestEpoch", history.BestEpoch).And.Contain("StopReason", history.StopReason).And.Contain("Epochs", 4);
    }

    [TestMethod]
    public void EpochLevel_Given_IsThatOfEpochsAlone()
    {
        Trainings.Fit(Trainings.Quick with { Progress = new LoggerProgress(_logger) { EpochLevel = LogLevel.Debug } });

        _logger.Entries.Select(entry => entry.Level).Distinct().Should().Equal(LogLevel.Information, LogLevel.Debug);
        _logger.Entries.Where(entry => entry.Level == LogLevel.Debug).Should().OnlyContain(entry => entry.Id == 2);
    }

    [TestMethod]
    public void Fail_CanceledOrNot_IsAWarningOrAnErrorWithTheException()
    {
        var progress = new LoggerProgress(_logger);
        var reason = new IOException();

        foreach (var exception in new Exception[] { new OperationCanceledException(), reason })
        {
            using var track = progress.Begin(Trainings.Start());
            track.Report(Trainings.Epoch(1));
            track.Fail(exception);
        }

        _logger.Entries.Where(entry => entry.Id > 3).Select(entry => (entry.Id, entry.Level, entry.Exception)).Should()
            .Equal((4, LogLevel.Warning, null), (5, LogLevel.Error, reason));
    }

    private sealed record Entry(int Id, LogLevel Level, Exception? Exception, IReadOnlyDictionary<string, object?> Values);

    private sealed class ListLogger : ILogger
    {
        public List<Entry> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add(new Entry(eventId.Id, logLevel, exception, ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary()));
    }
}
