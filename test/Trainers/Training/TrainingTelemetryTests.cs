using System.Diagnostics;
using System.Diagnostics.Metrics;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Training;

/// <summary>Nothing else trains at the same time: whoever listens hears all trainings of the process.</summary>
[TestClass]
[DoNotParallelize]
public sealed class TrainingTelemetryTests
{
    [TestMethod]
    public void Fit_Listener_GetsTheInstrumentsOfEachEpoch()
    {
        var heard = new List<(string Name, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == TrainingTelemetry.Name)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => heard.Add((instrument.Name, value, tags.ToArray().ToDictionary())));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => heard.Add((instrument.Name, value, tags.ToArray().ToDictionary())));
        listener.Start();

        var history = Trainer.Fit(LearningTask.Regression).History;

        double[] Of(string name) => [.. heard.Where(measured => measured.Name == $"mlextensions.training.{name}").Select(measured => measured.Value)];
        Of("epochs").Should().Equal(1, 1, 1, 1);
        Of("rows").Should().OnlyContain(rows => rows == history.TrainingRows).And.HaveCount(4);
        Of("loss").Should().Equal(history.Epochs.Select(epoch => epoch.TrainingLoss));
        Of("validation_loss").Should().Equal(history.Epochs.Select(epoch => epoch.ValidationLoss!.Value));
        Of("validation_metric").Should().Equal(history.Epochs.Select(epoch => epoch.ValidationMetric!.Value));
        Of("throughput").Should().Equal(history.Epochs.Select(epoch => history.TrainingRows * epoch.Epoch / epoch.Seconds));
        Of("duration").Should().Equal(history.Epochs[^1].Seconds);
        heard[0].Tags.Should().Equal(new Dictionary<string, object?>
        {
            ["trainer"] = "DeepMlpRegressionTrainer",
            ["label"] = "Value",
            ["fit"] = 1,
            ["member"] = 1,
            ["refit"] = false,
            ["metric"] = "RMSE",
        });
    }

    [TestMethod]
    public void Fit_ActivityListener_GetsAnActivityForEachTraining()
    {
        var stopped = new List<Activity>();
        using var listener = Listen(stopped);

        var history = Trainer.Fit(LearningTask.Binary, options => options with { Ensemble = new() { Members = 2 } }).History;

        stopped.Should().HaveCount(2);
        stopped.Should().OnlyContain(activity => activity.OperationName == "train DeepMlpBinaryTrainer" && activity.Status == ActivityStatusCode.Unset);
        var first = stopped.Single(activity => Equals(activity.GetTagItem("member"), 1));
        first.GetTagItem("epochs").Should().Be(history.Members[0].Epochs.Count);
        first.GetTagItem("best_epoch").Should().Be(history.Members[0].BestEpoch);
        first.GetTagItem("stop_reason").Should().Be("AllEpochs");
        first.GetTagItem("task").Should().Be("BinaryClassification");
        first.GetTagItem("engine").Should().Be("managed, 1 thread");
        first.GetTagItem("training_rows").Should().Be(history.Members[0].TrainingRows);
    }

    [TestMethod]
    public void Fit_Fails_ActivityIsAnError()
    {
        var stopped = new List<Activity>();
        using var listener = Listen(stopped);

        Action fit = () => Trainer.Fit(LearningTask.Binary, options => options with { Progress = TrainingMonitor.OfEpochs(_ => throw new IOException("no room")) });

        fit.Should().Throw<IOException>();
        stopped.Should().ContainSingle().Which.Status.Should().Be(ActivityStatusCode.Error);
        stopped[0].StatusDescription.Should().Be("no room");
    }

    [TestMethod]
    public void Fit_NobodyListens_OpensNoTrack() => TrainingTelemetry.MonitorOrNull.Should().BeNull();

    private static ActivityListener Listen(List<Activity> stopped)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TrainingTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (stopped)
                    stopped.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
