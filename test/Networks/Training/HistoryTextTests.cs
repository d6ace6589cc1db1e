namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class HistoryTextTests
{
    [TestMethod]
    public void ToString_ManyEpochs_ShowsTheFirstTheBestAndTheLast()
    {
        var history = History(40, best: 36) with { StopReason = StopReason.NoImprovement };

        string.Join('\n', history.ToString().Split(Environment.NewLine)).Should().Be("""
            epoch  training loss  validation loss  validation accuracy  learning rate  seconds
                1         0.5000            1.000               0.8010           0.01      0.1
                2         0.2500           0.5000               0.8020           0.01      0.2
                3         0.1667           0.3333               0.8030           0.01      0.3
              ...
               36        0.01389          0.02778               0.8360           0.01      3.6  best
               37        0.01351          0.02703               0.8370           0.01      3.7
               38        0.01316          0.02632               0.8380           0.01      3.8
               39        0.01282          0.02564               0.8390           0.01      3.9
               40        0.01250          0.02500               0.8400           0.01      4.0
            40 epochs in 4.0 s, best 36: stopped because nothing improved any more.
            1,000 rows trained on, 200 validated on; managed, 2 threads; seed 7.
            """);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(6)]
    [DataRow(7)]
    public void ToString_FewEpochs_ShowsAll(int epochs) =>
        History(epochs, best: epochs).ToString().Split(Environment.NewLine).Should().HaveCount(epochs + 3).And.NotContain(line => line.Contains("..."));

    [TestMethod]
    public void ToString_NoEpoch_IsTheSummary() => History(0, best: 0).ToString().Should().StartWith($"0 epochs: all epochs are done.{Environment.NewLine}1,000 rows");

    [TestMethod]
    public void ToString_WithoutValidation_LeavesItsColumnsOut()
    {
        var history = new TrainingHistory([new EpochReport(1, 0.5, null, null, 0.01f, 0.1, true)], 1, StopReason.AllEpochs, "RMSE", 1000, 0, 7, "managed, 1 thread");

        history.ToString().Should().NotContain("validation loss").And.NotContain("RMSE");
    }

    [TestMethod]
    public void ToString_MeasuredTrainingRows_HaveColumns()
    {
        var history = new TrainingHistory([new EpochReport(1, 0.5, 0.6, 2.5, 0.01f, 0.1, true) { MeasuredTrainingLoss = 0.4, TrainingMetric = 2 }], 1,
            StopReason.AllEpochs, "RMSE", 1000, 200, 7, "managed, 1 thread");

        history.ToString().Should().StartWith("epoch  training loss  measured  validation loss  training RMSE  validation RMSE  learning rate  seconds");
    }

    [TestMethod]
    public void ToString_MembersRefitAndCalibration_HaveALineEach()
    {
        var history = History(3, 2) with { Members = [History(3, 2), History(5, 4)], Refit = History(2, 2), Calibration = new CalibrationReport(1.25, 0.5, 0.4, 0.1, 0.1) };

        history.ToString().Split(Environment.NewLine)[^3..].Should().Equal("The first of 2 members; their best epochs: 2, 4.",
            "Trained again on all 1,000 rows: 2 epochs.", "Probabilities calibrated: temperature 1.250.");
    }

    [TestMethod]
    public void ToString_Epoch_IsOneLine() => History(36, 36).Epochs[35].ToString().Should()
        .Be("epoch 36: training loss 0.01389, validation loss 0.02778, metric 0.8360, learning rate 0.01, 3.6 s, best");

    [TestMethod]
    public void ToCsv_MembersAndRefit_AreLinesWithTheirNumbers()
    {
        var history = History(2, 2) with { Members = [History(2, 2) with { Refit = History(1, 1) }, History(1, 1)] };
        using var writer = new StringWriter();

        history.ToCsv(writer);

        string[] lines = writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines[0].Should().Be("member,refit,epoch,training_loss,measured_training_loss,validation_loss,training_metric,validation_metric,training_error,validation_error,learning_rate,seconds,is_best");
        lines.Skip(1).Select(line => line[..6]).Should().Equal("1,0,1,", "1,0,2,", "1,1,1,", "2,0,1,");
        lines[2].Should().Be("1,0,2,0.25,,0.5,,0.802,,,0.01,0.2,1");
    }

    [TestMethod]
    public void ToCsv_Layers_AreColumnsBehindTheOthers()
    {
        var history = History(2, 2);
        var layers = new LayerStatistics[] { new(0, "0 linear") { GradientNorm = 0.5, WeightNorm = 2 }, new(1, "1 leaky relu") { DeadShare = 0.25 } };
        history = history with { Epochs = [history.Epochs[0], history.Epochs[1] with { Layers = layers }] };
        using var writer = new StringWriter();

        history.ToCsv(writer);

        string[] lines = writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines[0].Should().EndWith(",seconds,is_best,gradient_norm_0_linear,weight_norm_0_linear,dead_share_1_leaky_relu");
        lines[1].Should().EndWith(",,,");
        lines[2].Should().EndWith(",1,0.5,2,0.25");
    }

    [TestMethod]
    public void ToJson_ReadAgain_IsTheSameHistory()
    {
        var history = History(3, 2) with { Members = [History(3, 2)], Refit = History(1, 1) };
        history = history with { Epochs = [history.Epochs[0] with { Layers = [new(0, "0 linear") { UpdateRatio = 0.001, SaturatedShare = 0 }] }, .. history.Epochs.Skip(1)] };

        var read = TrainingHistory.FromJson(history.ToJson());

        read.Should().BeEquivalentTo(history);
        history.ToJson().Should().Contain("\"StopReason\": \"AllEpochs\"");
    }

    [TestMethod]
    public void ToCsvAndToJson_Path_WriteTheFile()
    {
        var history = History(2, 1);
        string folder = Directory.CreateTempSubdirectory("mlextensions-history-").FullName;
        try
        {
            history.ToCsv(Path.Combine(folder, "history.csv"));
            history.ToJson(Path.Combine(folder, "history.json"));

            File.ReadAllLines(Path.Combine(folder, "history.csv")).Should().HaveCount(3);
            File.ReadAllText(Path.Combine(folder, "history.json")).Should().Be(history.ToJson());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TrainingHistory History(int epochs, int best) => new(
        [.. Enumerable.Range(1, epochs).Select(epoch => new EpochReport(epoch, 0.5 / epoch, 1.0 / epoch, 0.8 + epoch / 1000.0, 0.01f, epoch / 10.0, epoch <= best))],
        best, StopReason.AllEpochs, "accuracy", 1000, 200, 7, "managed, 2 threads");
}
