using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Rows;
using MLExtensions.Trainers.Training;

namespace MLExtensions.Trainers.Tests.Training;

[TestClass]
public sealed class EnsembleTests
{
    private static readonly EnsembleOptions s_three = new() { Members = 3 };

    public static IEnumerable<object[]> Tasks => Enum.GetValues<LearningTask>().Select(task => new object[] { task });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Fit_Ensemble_ScoresTheMeanOfItsMembers(LearningTask task)
    {
        var fitted = Trainer.Fit(task, options => options with { Ensemble = s_three });

        var layer = fitted.Model.Network.Layers.Should().ContainSingle().Which.Should().BeOfType<EnsembleLayer>().Subject;
        layer.Members.Should().HaveCount(3);
        float[] row = Examples.Rows()[4].Features;
        int outputs = fitted.Model.ScoreCount;
        float[][] own = [.. Enumerable.Range(0, 3).Select(member =>
        {
            float[] logits = new float[outputs];
            new NetworkScorer(layer.Members[member], layer.WeightsOf(fitted.Model.CopyWeights(), member)).Score(row, logits);
            return logits;
        })];
        own.Select(logits => logits[0]).Should().OnlyHaveUniqueItems();

        float[] score = new float[outputs];
        NetworkScorer.Of(fitted.Model.Network, fitted.Model.CopyWeights()).Score(row, score);

        for (int i = 0; i < outputs; i++)
        {
            double expected = task switch
            {
                LearningTask.Binary => Logit(own.Average(logits => 1 / (1 + Math.Exp(-logits[0])))),
                LearningTask.Multiclass => Math.Log(own.Average(logits => Math.Exp(logits[i]) / logits.Sum(logit => Math.Exp(logit)))),
                _ => own.Average(logits => (double)logits[i]),
            };
            score[i].Should().BeApproximately((float)expected, 1e-5f);
        }
    }

    [TestMethod]
    public void Fit_WithoutFolds_HasTheNetworkAloneAsFirstMember()
    {
        var alone = Trainer.Fit(LearningTask.Multiclass);

        var fitted = Trainer.Fit(LearningTask.Multiclass, options => options with { Ensemble = s_three with { Folds = false } });

        var layer = (EnsembleLayer)fitted.Model.Network.Layers[0];
        layer.WeightsOf(fitted.Model.CopyWeights(), 0).Values.Should().Equal(alone.Weights);
        fitted.History.Epochs.Select(epoch => epoch.ValidationLoss).Should().Equal(alone.History.Epochs.Select(epoch => epoch.ValidationLoss));
    }

    [TestMethod]
    public void Fit_Folds_ValidateOnEachRowOnce()
    {
        int rows = Examples.Rows().Length;

        var folds = Trainer.Fit(LearningTask.Binary, options => options with { Ensemble = s_three }).History;
        var asides = Trainer.Fit(LearningTask.Binary, options => options with { Ensemble = s_three with { Folds = false } }).History;
        var noneAside = Trainer.Fit(LearningTask.Binary, options => options with { Ensemble = s_three, EarlyStopping = null }).History;

        folds.Members.Should().HaveCount(3);
        folds.Members.Sum(member => member.ValidationRows).Should().Be(rows);
        folds.Members.Should().OnlyContain(member => member.ValidationRows + member.TrainingRows == rows);
        asides.Members.Select(member => member.ValidationRows).Distinct().Should().ContainSingle().Which.Should().BeLessThan(rows / 5);
        noneAside.Members.Should().OnlyContain(member => member.TrainingRows == rows && member.ValidationRows == 0);
        noneAside.Members.Select(member => member.Epochs[^1].TrainingLoss).Should().OnlyHaveUniqueItems("seeds differ");
    }

    [TestMethod]
    public void Fit_TimeIsUp_HasOneMember()
    {
        var fitted = Trainer.Fit(LearningTask.Binary, options => options with { Ensemble = s_three with { TimeLimit = TimeSpan.FromTicks(1) } });

        ((EnsembleLayer)fitted.Model.Network.Layers[0]).Members.Should().ContainSingle();
    }

    [TestMethod]
    [DataRow(1, 1, StopReason.Canceled)]
    [DataRow(6, 1, StopReason.AllEpochs)]
    [DataRow(9, 2, StopReason.AllEpochs)]
    public void Fit_CanceledAndKeepBest_AveragesTheMembersThatWereDone(int epoch, int members, StopReason reason)
    {
        // Four epochs each, one member after the other.
        using var cancellation = new CancellationTokenSource();
        int epochs = 0;
        void Count(EpochReport report)
        {
            if (++epochs == epoch)
                cancellation.Cancel();
        }

        var fitted = Trainer.Fit(LearningTask.Binary, options => options with
        {
            Ensemble = s_three,
            KeepBestWhenCanceled = true,
            CancellationToken = cancellation.Token,
            Progress = TrainingMonitor.OfEpochs(Count),
            Engine = new ManagedEngine { Threads = 1 },
        });

        fitted.History.Members.Should().HaveCount(members, "one that was never trained would spoil the mean");
        fitted.History.StopReason.Should().Be(reason);
        fitted.History.Members.Should().OnlyContain(member => member.Epochs.Count > 0);
        epochs.Should().Be(epoch);
    }

    [TestMethod]
    public void Fit_TimeLimitThatEndsAll_AveragesThemAndWarns()
    {
        var log = new List<string>();
        var ml = new MLContext(seed: 1);
        ml.Log += (_, message) => { lock (log) { log.Add(message.Message); } };

        var fitted = Trainer.Fit(LearningTask.Binary, ml, Trainer.QuickFor(LearningTask.Binary) with
        {
            Ensemble = s_three with { TimeLimit = TimeSpan.FromSeconds(0.5) },
            NumberOfEpochs = 10_000_000,
            EarlyStopping = Trainer.Quick.EarlyStopping! with { Patience = 10_000_000 },
            Engine = new ManagedEngine { Threads = 1 },
        }, Examples.Load(ml, Examples.Rows()), null);

        fitted.History.Members.Should().ContainSingle().Which.StopReason.Should().Be(StopReason.TimeLimit, "one thread trains one member at a time");
        log.Should().ContainSingle(line => line.Contains("the time limit of 00:00:00.5000000 ended the training of the only member that it allowed before it was done"));
    }

    [TestMethod]
    public void Fit_TimeLimitThatEndsTheLast_LeavesItOut()
    {
        // The first member is done after its epochs; the first of the second lasts too long.
        int epochs = 0;
        var clock = new ManualClock();
        var options = Trainer.QuickFor(LearningTask.Binary) with
        {
            Ensemble = s_three with { TimeLimit = TimeSpan.FromSeconds(3) },
            NumberOfEpochs = 2,
            Progress = new Listener(_ => clock.Advance(++epochs == 3 ? 3000 : 0)),
            Engine = new ManagedEngine { Threads = 1 },
        };

        var ml = new MLContext(1);
        var trainer = ml.BinaryClassification.Trainers.DeepMlp(options);
        var run = new TrainingRun(options.Engine, _ => { }, () => false) { Clock = clock };
        var rows = trainer.Read(Examples.Load(ml), null, run.IsCanceled);
        var model = trainer.TrainOn(rows, trainer.Split(rows, 1), 1, run);

        model.History.Members.Should().ContainSingle().Which.StopReason.Should().NotBe(StopReason.TimeLimit);
        epochs.Should().Be(3, "no third member begins");
    }

    [TestMethod]
    public void Fit_FoldsWithoutValidationRows_WarnsThatTheyHaveNoEffect()
    {
        var log = new List<string>();
        var ml = new MLContext(seed: 1);
        ml.Log += (_, message) => log.Add(message.Message);

        Trainer.Fit(LearningTask.Binary, ml, Trainer.QuickFor(LearningTask.Binary) with { Ensemble = s_three, EarlyStopping = null, NumberOfEpochs = 1 }, Examples.Load(ml, Examples.Rows()), null);

        log.Should().ContainSingle(line => line.Contains("Ensemble.Folds has no effect, since no rows are set aside"));
    }

    [TestMethod]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits()
    {
        float[] Weights(int threads) => Trainer.Fit(LearningTask.Regression, options => options with { Ensemble = s_three, Engine = new ManagedEngine { Threads = threads } }).Weights;

        Weights(0).Should().Equal(Weights(1));
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void SaveAndLoad_Ensemble_ScoresTheSameBits(LearningTask task) =>
        SavedScores.ShouldBeThoseOf(Trainer.Fit(task, options => options with { Ensemble = s_three, InputScaling = InputScaling.Robust, NumberEmbedding = new CosineEmbedding() }));

    [TestMethod]
    public void Fit_MemberThatFails_ThrowsWhatItThrew()
    {
        var fit = () => Trainer.Fit(LearningTask.Regression, options => options with
        {
            Ensemble = s_three,
            Engine = new ManagedEngine(),
            Optimizer = new SgdOptions { LearningRate = 1e30f },
            LabelTransform = LabelTransform.None,
        });

        fit.Should().Throw<TrainingDivergedException>();
    }

    [TestMethod]
    public void Options_OutOfRange_AreNamed()
    {
        var make = () => new MLContext().BinaryClassification.Trainers.DeepMlp(new DeepMlpOptions
        {
            Ensemble = new() { Members = 1, TimeLimit = TimeSpan.Zero },
        });

        make.Should().Throw<ArgumentException>().WithMessage("*- Ensemble.Members must be at least 2, got 1*- Ensemble.TimeLimit must be positive, got 00:00:00*");
    }

    [TestMethod]
    public void Of_Classes_AreInEveryFold()
    {
        int[] classes = [.. Enumerable.Range(0, 60).Select(row => row < 50 ? 0 : 1)];

        var folds = RowFolds.Of([.. Enumerable.Range(0, 60)], 5, classes, new RandomStream(1, "folds"));

        folds.Should().HaveCount(5);
        folds.SelectMany(fold => fold.Validation).Should().BeEquivalentTo(Enumerable.Range(0, 60));
        folds.Should().OnlyContain(fold => fold.Validation.Count(row => row >= 50) == 2 && fold.Validation.Length == 12 && !fold.Training.Intersect(fold.Validation).Any());
    }

    [TestMethod]
    public void Of_FewerRowsThanFolds_SaysWhatToDo() =>
        FluentActions.Invoking(() => RowFolds.Of([1, 2], 3, null, new RandomStream(1, "folds"))).Should().Throw<InvalidOperationException>()
            .WithMessage("2 rows cannot be cut into 3 folds: give more rows, fewer Ensemble.Members, or Ensemble.Folds = false.");

    private sealed class Listener(Action<EpochReport> hear) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => hear(value);
    }

    private static double Logit(double probability) => Math.Log(probability / (1 - probability));
}
