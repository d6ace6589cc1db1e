using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Training;

/// <summary>Ensembles that leave out kinds of members which make their mean worse.</summary>
[TestClass]
public sealed class SelectedKindsTests
{
    /// <summary>A network that is not trained.</summary>
    private static readonly DeepMlpOptions s_bad = Trainer.Quick with { Seed = null, Engine = null, OutputInitializer = new ConstantInitializer(5), Optimizer = new SgdOptions { LearningRate = 1e-9f } };

    private static readonly EnsembleOptions s_badInTurns = new() { Members = 4, Folds = false, SelectsKinds = true, AlternatesWith = [s_bad] };

    /// <summary>The network that it takes turns with.</summary>
    private static DeepMlpOptions Good(DeepMlpOptions options) => options with { NumberOfEpochs = 10, Optimizer = new AdamOptions { LearningRate = 0.02f } };

    /// <summary>So many that what is held out tells.</summary>
    private static readonly Example[] s_rows = Examples.Rows(600);

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Tasks => Enum.GetValues<LearningTask>().Select(task => new object[] { task });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Fit_BadKind_IsTheMeanOfTheOthers(LearningTask task)
    {
        var all = Trainer.Fit(task, options => Good(options) with { EarlyStopping = LastRows(), Ensemble = s_badInTurns with { SelectsKinds = false } }, s_rows);

        var fitted = Trainer.Fit(task, options => Good(options) with { EarlyStopping = LastRows(), Ensemble = s_badInTurns }, s_rows);

        MembersOf(fitted).Should().BeEquivalentTo([MembersOf(all)[0], MembersOf(all)[2]], order => order.WithStrictOrdering());
        fitted.History.Members.Select(member => member.Options.Single(option => option.Name == "Optimizer").Value).Should().AllSatisfy(value => value.Should().Contain("Adam"));
        fitted.History.LeftOut.Select(member => member.Options.Single(option => option.Name == "Optimizer").Value).Should().HaveCount(2).And.AllSatisfy(value => value.Should().Contain("Sgd"));
        fitted.History.ToString().Should().Contain("Left out, since the mean is better without: 2 members.");
        all.History.LeftOut.Should().BeEmpty();
        all.History.ToString().Should().NotContain("Left out");
        SavedScores.ShouldBeThoseOf(fitted);
    }

    [TestMethod]
    [DataRow(true, 150, 180)]
    [DataRow(false, 30, 70)]
    public void Fit_RowsSetAside_AreTheSameForATurnWhereItTrainsAgain(bool refits, int least, int most)
    {
        var log = Log();

        var fitted = Trainer.Fit(LearningTask.Regression, _ml, Good(Trainer.QuickFor(LearningTask.Regression)) with { Ensemble = s_badInTurns, RefitOnAllRows = refits }, Examples.Load(_ml, s_rows));

        fitted.History.Members.Should().HaveCount(2);
        // Two times 90 of 600 rows, some of them twice; or as many of one kind that are among as many of the other.
        string line = log.Should().ContainSingle(line => line.Contains("left out: members 2, 4: on ")).Subject;
        int rows = int.Parse(line.Split(" held out")[0].Split(" on ")[^1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        rows.Should().BeInRange(least, most);
    }

    [TestMethod]
    public void Fit_OtherKindIsAsGood_IsKept()
    {
        var fitted = Trainer.Fit(LearningTask.Regression, options => Good(options) with { Ensemble = s_badInTurns with { AlternatesWith = [Good(Trainer.Quick) with { Seed = null, Engine = null }] } }, s_rows);

        fitted.History.Members.Should().HaveCount(4);
        fitted.History.LeftOut.Should().BeEmpty();
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Fit_Folds_AreOneForEachTurn(LearningTask task)
    {
        int rows = s_rows.Length;

        var fitted = Trainer.Fit(task, options => Good(options) with { Ensemble = s_badInTurns with { Members = 6, Folds = true } }, s_rows);

        fitted.History.Members.Concat(fitted.History.LeftOut).Select(member => member.ValidationRows).Should().HaveCount(6).And.AllBeEquivalentTo(rows / 3);
        fitted.History.Members.Should().HaveCount(3);
        fitted.OutOfFold.Should().HaveCount(rows);
        fitted.OutOfFold!.GroupBy(prediction => prediction.Member).Select(group => group.Key).Order().Should().Equal(0, 1, 2);
    }

    [TestMethod]
    public void Fit_FoldsOfKeptKinds_HaveTheMeanOfTheirTurnOutOfFold()
    {
        var fitted = Trainer.Fit(LearningTask.Regression, options => Good(options) with { Ensemble = s_badInTurns with { Folds = true, AlternatesWith = [Good(Trainer.Quick) with { Seed = null, Engine = null }] } }, s_rows);

        fitted.History.Members.Should().HaveCount(4);
        fitted.OutOfFold.Should().HaveCount(s_rows.Length).And.OnlyContain(prediction => prediction.Member == null);
        var layer = (EnsembleLayer)fitted.Model.Network.Layers[0];
        var first = fitted.OutOfFold![0];
        double[] scores = [.. Enumerable.Range(0, 4).Select(member => Score(layer, member))];
        double score = first.Scores.Span[0];
        new[] { (scores[0] + scores[1]) / 2, (scores[2] + scores[3]) / 2 }.Should().Contain(mean => Math.Abs(mean - score) < 1e-5);

        double Score(EnsembleLayer layer, int member)
        {
            float[] output = new float[1];
            new NetworkScorer(layer.Members[member], layer.WeightsOf(fitted.Model.CopyWeights(), member)).Score(s_rows[0].Features, output);
            fitted.Model.FinishScores(output);
            return output[0];
        }
    }

    [TestMethod]
    public void Fit_Refit_TrainsAgainThoseThatAreKept()
    {
        DeepMlpOptions Options(DeepMlpOptions options) => Good(options) with { RefitOnAllRows = true, EarlyStopping = LastRows() };
        var alone = Trainer.Fit(LearningTask.Regression, Options, s_rows);

        var fitted = Trainer.Fit(LearningTask.Regression, options => Options(options) with { Ensemble = s_badInTurns }, s_rows);

        fitted.History.Members.Should().HaveCount(2).And.OnlyContain(member => member.Refit!.TrainingRows == 600);
        fitted.History.LeftOut.Should().HaveCount(2).And.OnlyContain(member => member.Refit == null);
        MembersOf(fitted)[0].Should().Equal(alone.Weights);
    }

    [TestMethod]
    public void Fit_OneMemberIsLeft_IsThatNetwork()
    {
        var alone = Trainer.Fit(LearningTask.Binary, options => Good(options) with { DropoutRate = 0.2f, ScoreStandardDeviation = new(), EarlyStopping = LastRows() }, s_rows);

        var fitted = Trainer.Fit(LearningTask.Binary, options => Good(options) with { DropoutRate = 0.2f, ScoreStandardDeviation = new(), EarlyStopping = LastRows(), Ensemble = s_badInTurns with { Members = 2 } }, s_rows);

        fitted.Model.Network.Layers.Should().Equal(alone.Model.Network.Layers);
        fitted.Weights.Should().Equal(alone.Weights);
        fitted.History.Members.Should().BeEmpty();
        fitted.History.LeftOut.Should().ContainSingle();
        var data = Examples.Load(_ml, s_rows);
        RowTexts.Of(fitted.Transformer.Transform(data)).Should().Equal(RowTexts.Of(alone.Transformer.Transform(data)), "the spread is that of passes with dropout");
        SavedScores.ShouldBeThoseOf(fitted);
    }

    [TestMethod]
    public void Fit_SpreadOfOneMemberWithoutDropout_IsZeroAndWarned()
    {
        var log = Log();

        var fitted = Trainer.Fit(LearningTask.Regression, _ml, Good(Trainer.QuickFor(LearningTask.Regression)) with { ScoreStandardDeviation = new(), EarlyStopping = LastRows(), Ensemble = s_badInTurns with { Members = 2 } }, Examples.Load(_ml, s_rows));

        fitted.Transformer.Transform(Examples.Load(_ml, s_rows)).GetColumn<float>("ScoreStandardDeviation").Should().AllBeEquivalentTo(0f);
        log.Should().ContainSingle(line => line.Contains("one network without dropout is left of the ensemble, and ScoreStandardDeviation is 0"));
    }

    [TestMethod]
    public void Fit_KindsThatAreTheSame_AreNotCompared()
    {
        var log = Log();
        EnsembleOptions alike = new() { Members = 4, Folds = false, SelectsKinds = true, NumberEmbeddings = [new CosineEmbedding()] };
        DeepMlpOptions Options(NumberEmbedding? embedding) => Good(Trainer.QuickFor(LearningTask.Regression)) with { EarlyStopping = LastRows(), NumberEmbedding = embedding, Ensemble = alike };

        Trainer.Fit(LearningTask.Regression, _ml, Options(null), Examples.Load(_ml, s_rows)).History.Members.Should().HaveCount(4);
        Trainer.Fit(LearningTask.Regression, _ml, Options(new CosineEmbedding()), Examples.Load(_ml, s_rows));
        log.Should().NotContain(line => line.Contains("left out") || line.Contains("all kinds of members are kept"));
        Trainer.Fit(LearningTask.Regression, _ml, Options(new LinearEmbedding()), Examples.Load(_ml, s_rows));

        log.Should().Contain(line => line.Contains("left out") || line.Contains("all kinds of members are kept, by 180 rows held out"));
    }

    [TestMethod]
    public void Fit_CanceledAndKeepBest_TrainsNothingAgain()
    {
        using var cancellation = new CancellationTokenSource();
        var monitor = new RecordingMonitor { OnEpoch = epoch => { if (epoch.Epoch == 3) cancellation.Cancel(); } };

        var fitted = Trainer.Fit(LearningTask.Regression, options => Good(options) with { RefitOnAllRows = true, EarlyStopping = LastRows(), KeepBestWhenCanceled = true, CancellationToken = cancellation.Token, Progress = monitor, Ensemble = s_badInTurns }, s_rows);

        monitor.Tracks.Should().ContainSingle().Which.Start.IsRefit.Should().BeFalse();
        fitted.History.Epochs.Should().HaveCount(3);
    }

    [TestMethod]
    public void Fit_CalibrateProbabilities_IsOfTheMeanOfThoseThatAreKept()
    {
        DeepMlpOptions Options(DeepMlpOptions options) => Good(options) with { CalibrateProbabilities = true, EarlyStopping = LastRows() };
        var without = Trainer.Fit(LearningTask.Binary, options => Options(options) with { Ensemble = new() { Members = 2, Folds = false } }, s_rows);

        var fitted = Trainer.Fit(LearningTask.Binary, options => Options(options) with { Ensemble = s_badInTurns with { Members = 3 } }, s_rows);

        // The second member of one kind is the third of two.
        fitted.History.Members.Should().HaveCount(2);
        fitted.History.Calibration!.LossAfter.Should().BeLessThanOrEqualTo(fitted.History.Calibration.LossBefore);
        fitted.History.Calibration.LossBefore.Should().BeApproximately(without.History.Calibration!.LossBefore, 0.2, "both are of good members");
    }

    [TestMethod]
    public void Fit_NoRowsSetAside_WarnsAndKeepsAll()
    {
        var log = Log();

        var fitted = Trainer.Fit(LearningTask.Regression, _ml, Good(Trainer.QuickFor(LearningTask.Regression)) with { EarlyStopping = null, Ensemble = s_badInTurns with { AlternatesWith = [s_bad with { EarlyStopping = null }] } }, Examples.Load(_ml, s_rows));

        fitted.History.Members.Should().HaveCount(4);
        log.Should().ContainSingle(line => line.Contains("Ensemble.SelectsKinds has no effect, since no rows are set aside"));
    }

    [TestMethod]
    public void Fit_FromAModelThatLacksKinds_TrainsThoseItHas()
    {
        var options = Good(Trainer.QuickFor(LearningTask.Regression)) with { Ensemble = s_badInTurns with { AlternatesWith = [s_bad with { HiddenLayers = [5] }] } };
        var trainer = _ml.Regression.Trainers.DeepMlp(options);
        var data = Examples.Load(_ml, s_rows);
        var first = trainer.Fit(data);
        first.History.Members.Should().HaveCount(2);

        var log = Log();
        var second = trainer.Fit(data, first.Model);

        second.History.Members.Should().HaveCount(2);
        second.History.Members[0].Epochs[0].TrainingLoss.Should().BeLessThan(first.History.Members[0].Epochs[0].TrainingLoss);
        log.Should().ContainSingle(line => line.Contains("members 2, 4 of 4 will not be trained: the model to start from lacks their kind."));
        var alike = _ml.Regression.Trainers.DeepMlp(options with { Ensemble = s_badInTurns });
        alike.Invoking(one => one.Fit(data, first.Model)).Should().Throw<InvalidOperationException>().WithMessage("*several kinds of members have the same network as network 1: which kinds the model has cannot be told.*");
        var all = _ml.Regression.Trainers.DeepMlp(options with { Ensemble = options.Ensemble with { SelectsKinds = false } });
        all.Invoking(one => one.Fit(data, first.Model)).Should().Throw<InvalidOperationException>().WithMessage("*the mean of 2, and the options ask for an Ensemble of 4: *If kinds were left out of it, set Ensemble.SelectsKinds as it was.");
        var other = _ml.Regression.Trainers.DeepMlp(options with { HiddenLayers = [7] });
        other.Invoking(one => one.Fit(data, first.Model)).Should().Throw<InvalidOperationException>().WithMessage("The model to start from has 2 networks, and network 1 is none of the kinds of members that the options describe*");
    }

    [TestMethod]
    public void Trainer_SelectionThatCannotBe_IsRefused()
    {
        Refuse(new() { SelectsKinds = true }, "Ensemble.SelectsKinds would have no effect, since all members are alike: give AlternatesWith or NumberEmbeddings, or leave it at its default, False");
        foreach (var (members, wanted) in new[] { (2, 4), (3, 4), (5, 6) })
        {
            Refuse(new() { Members = members, SelectsKinds = true, AlternatesWith = [s_bad] },
                $"Ensemble.SelectsKinds cuts rows into as many folds as members take turns, twice at least, and each kind has a member for each: ask for {wanted} Members of 2 kinds in place of {members}, or set Folds = false");
        }
        Refuse(new() { Members = 3, AlternatesWith = [s_bad], NumberEmbeddings = [new CosineEmbedding()] }, "Ensemble.NumberEmbeddings has 1 embedding, 4 kinds of members with the options around and AlternatesWith, and of 3 Members some would have none: ask for more Members");
    }

    private static void Refuse(EnsembleOptions ensemble, string message) =>
        FluentActions.Invoking(() => new MLContext().Regression.Trainers.DeepMlp(new DeepMlpOptions { Ensemble = ensemble })).Should().Throw<ArgumentException>().WithMessage($"*{message}*");

    private List<string> Log()
    {
        var log = new List<string>();
        _ml.Log += (_, message) => { lock (log) { log.Add(message.Message); } };
        return log;
    }

    private static EarlyStoppingOptions LastRows() => new() { ValidationRows = ValidationRows.Last, ValidationFraction = 0.3f };

    private static List<float[]> MembersOf(Fitted fitted)
    {
        var layer = (EnsembleLayer)fitted.Model.Network.Layers[0];
        return [.. layer.Members.Select((_, member) => layer.WeightsOf(fitted.Model.CopyWeights(), member).Values.ToArray())];
    }
}
