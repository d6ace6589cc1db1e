using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;
using MLExtensions.Trainers;

namespace MLExtensions.Tuning.Tests;

/// <summary>What becomes of the steps before the trainer, and of the rows.</summary>
[TestClass]
public sealed class PipelineTests
{
    private static readonly TuningOptions s_options = new() { Space = TestRows.Rates, Trials = 5, TrialsAtOnce = 1, Validation = TrialValidation.SetAside(), Seed = 3, EarlyEnd = null };
    private static readonly DeepMlpOptions s_quick = TestRows.Quick with { LabelColumnName = "Number" };

    [TestMethod]
    public void Run_AChain_FitsItsStepsOnceForAFoldOnTrainingRowsAlone()
    {
        var ml = new MLContext(1);
        var step = new CountedStep(ml.Transforms.NormalizeMeanVariance("Features"));
        var pipeline = ml.Transforms.CopyColumns("Other", "Raw").Append(step).Append(ml.Regression.Trainers.DeepMlp(s_quick));

        var result = ml.Tune(pipeline, s_options with { Validation = TrialValidation.Folds(3) }).Run(TestRows.View(ml));

        step.RowsOfFits.Should().Equal([200, 200, 200, 300], "three folds, and all rows at the end");
        result.Pipeline.Fit(TestRows.View(ml)).Transform(TestRows.View(ml)).Schema.GetColumnOrNull("Other").Should().NotBeNull();
        result.Model.Transform(TestRows.View(ml)).Schema.GetColumnOrNull("Score").Should().NotBeNull();
    }

    [TestMethod]
    public void Run_GroupsOfEarlyStopping_StayTogetherInTrials()
    {
        var ml = new MLContext(1);
        // The label is the group's own, and so are the features: of new groups nothing can be learned.
        var random = new Random(4);
        float[][] own = [.. Enumerable.Range(0, 12).Select(_ => new[] { (float)random.NextDouble(), (float)random.NextDouble(), (float)random.NextDouble(), (float)random.NextDouble() })];
        var data = ml.Data.LoadFromEnumerable(TestRows.Make(400, groups: 12).Select((row, i) =>
        {
            (row.Features, row.Number) = (own[i % 12][..3], own[i % 12][3]);
            return row;
        }).ToArray());
        var options = s_quick with { NumberOfEpochs = 100, HiddenLayers = [32, 32], Optimizer = new AdamOptions { LearningRate = 0.01f } };

        double At(ValidationRows rows) => ml.Tune(ml.Regression.Trainers.DeepMlp(options with { EarlyStopping = new() { ValidationRows = rows, Patience = 100 } }), s_options with { Trials = 1 }).Run(data).Best.Score!.Value;

        At(ValidationRows.Random).Should().BeLessThan(0.15);
        At(ValidationRows.ByGroup("Group")).Should().BeGreaterThan(0.2);
        Action last = () => At(ValidationRows.Last);
        last.Should().Throw<ArgumentException>().WithMessage("EarlyStopping.ValidationRows asks for the last rows, *TrialValidation.On(the last rows).");
    }

    [TestMethod]
    public void Run_ATrainerAlone_ReadsRowsOnceForAllTrialsAndFolds()
    {
        var ml = new MLContext(1);
        var data = new CountingView(TestRows.View(ml));

        ml.Tune(ml.Regression.Trainers.DeepMlp(s_quick), s_options with { Validation = TrialValidation.Folds(4), TrainsBestOnAllRows = false }).Run(data);

        data.Requests.Count(columns => columns.Contains("Features")).Should().Be(1);
    }

    [TestMethod]
    public void Run_AChain_ReadsRowsOnceForEachFold()
    {
        var ml = new MLContext(1);
        var data = new CountingView(TestRows.View(ml));
        var pipeline = ml.Transforms.CopyColumns("F", "Features").Append(ml.Regression.Trainers.DeepMlp(s_quick with { FeatureColumnName = "F" }));

        ml.Tune(pipeline, s_options with { Validation = TrialValidation.Folds(4), TrainsBestOnAllRows = false }).Run(data);

        data.Requests.Count(columns => columns.Contains("Features")).Should().Be(4);
    }

    [TestMethod]
    public void Run_AlternativeSteps_AreFittedOnceEachAndTheBestIsInTheResult()
    {
        // What the label depends on is there only behind one of the steps.
        var ml = new MLContext(1);
        var useful = new CountedStep(ml.Transforms.Concatenate("Features", "Number"));
        var useless = new CountedStep(ml.Transforms.Concatenate("Features", "Raw"));
        var space = TestRows.Rates.Step("Columns", ("raw", useless), ("number", useful));
        var trainer = ml.Regression.Trainers.DeepMlp(s_quick with { NumberOfEpochs = 30, EarlyStopping = new() });

        var result = ml.Tune(trainer, s_options with { Space = space, Trials = 12, TriesGivenOptions = false }).Run(TestRows.View(ml));

        result.Best.Values["Columns"].Should().Be("number");
        useless.RowsOfFits.Should().HaveCount(1, "one fold");
        useful.RowsOfFits.Should().HaveCount(2, "one fold, and all rows");
        result.Model.Transform(TestRows.View(ml)).Schema["Features"].Type.As<VectorDataViewType>().Size.Should().Be(1);
    }

    [TestMethod]
    public void Run_AStepThatFails_FailsItsTrialsAlone()
    {
        var ml = new MLContext(1);
        var space = TestRows.Rates.Step("Scaler", ("none", null), ("of nothing", ml.Transforms.NormalizeMeanVariance("Nothing")));

        var result = ml.Tune(ml.Regression.Trainers.DeepMlp(s_quick), s_options with { Space = space, Trials = 10 }).Run(TestRows.View(ml));

        result.Leaderboard.Trials.Where(trial => trial.State == TrialState.Failed).Should().NotBeEmpty().And.OnlyContain(trial => trial.Values["Scaler"] == "of nothing" && trial.Reason!.Contains("Nothing"));
        result.Best.State.Should().Be(TrialState.Complete);
    }

    [TestMethod]
    public void Run_ALabelThatAStepMakes_IsLearned()
    {
        var ml = new MLContext(1);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Class", "Name").Append(ml.MulticlassClassification.Trainers.DeepMlp(s_quick with { LabelColumnName = "Class" }));

        ml.Tune(pipeline, s_options with { Validation = TrialValidation.Folds(3) }).Run(TestRows.View(ml)).Best.Score.Should().BeInRange(0.01, 1.2);
    }

    [TestMethod]
    public void Run_OptionsThatDoNotGoTogether_AreFailedTrialsWithTheReason()
    {
        var ml = new MLContext(1);
        var space = TestRows.Rates.Choice("Normalization", [("none", null), ("batch", Normalization.Batch)], (DeepMlpOptions o, Normalization? normalization) => o with { Normalization = normalization });
        var trainer = ml.Regression.Trainers.DeepMlp(s_quick with { BatchEnsemble = new() { Members = 2 } });

        var result = ml.Tune(trainer, s_options with { Space = space, Trials = 10 }).Run(TestRows.View(ml));

        result.Leaderboard.Trials.Where(trial => trial.Values.GetValueOrDefault("Normalization") == "batch").Should().NotBeEmpty()
            .And.OnlyContain(trial => trial.State == TrialState.Failed && trial.Score == null && trial.Reason!.Contains("would mix the members of a BatchEnsemble"));
        result.Leaderboard.ToString().Should().MatchRegex(@"\d+ trials? failed: Invalid DeepMlpOptions");
    }

    [TestMethod]
    public void Run_ATrainingThatDiverges_IsAFailedTrial()
    {
        var ml = new MLContext(1);
        var space = new SearchSpace().Choice("LearningRate", [0.01f, 1e30f], (o, rate) => o with { Optimizer = new SgdOptions { LearningRate = rate } });

        var result = ml.Tune(ml.Regression.Trainers.DeepMlp(s_quick with { WeightAveraging = null }), s_options with { Space = space, Strategy = SearchStrategy.Grid, Trials = null }).Run(TestRows.View(ml));

        result.Leaderboard.Trials.Single(trial => trial.State == TrialState.Failed).Reason.Should().Contain("Training diverged");
        result.Options.Optimizer.LearningRate.Should().BeLessThan(1);
    }

    [TestMethod]
    public void Run_ASetterThatThrows_IsAFailedTrial()
    {
        var ml = new MLContext(1);
        var space = new SearchSpace().Choice("Mine", [1, 2], (o, value) => value == 1 ? o : throw new NotSupportedException("two"));

        var result = ml.Tune(ml.Regression.Trainers.DeepMlp(s_quick), s_options with { Space = space, Strategy = SearchStrategy.Grid, Trials = null }).Run(TestRows.View(ml));

        var failed = result.Leaderboard.Trials.Single(trial => trial.State == TrialState.Failed);
        (failed.Reason, failed.Options).Should().Be(("NotSupportedException: two", null));
    }

    [TestMethod]
    public void Run_AnEnsembleInATrial_IsNotTrainedOnTheRowsThatItIsMeasuredOn()
    {
        foreach (bool folds in new[] { true, false })
        {
            var ml = new MLContext(1);
            var watch = new Starts();
            var trainer = ml.Regression.Trainers.DeepMlp(s_quick with { Ensemble = new() { Members = 3, Folds = folds }, Progress = watch });

            ml.Tune(trainer, s_options with { Trials = 2, TrainsBestOnAllRows = false }).Run(TestRows.View(ml));

            watch.All.Should().HaveCount(6).And.OnlyContain(start => start.TrainingRows == 240 && start.ValidationRows == 60);
        }
    }

    [TestMethod]
    public void Run_WithARefit_DoesNotTrainTrialsOnTheRowsThatTheyAreMeasuredOn()
    {
        var ml = new MLContext(1);
        var watch = new Starts();

        ml.Tune(ml.Regression.Trainers.DeepMlp(s_quick with { RefitOnAllRows = true, Progress = watch }), s_options with { Trials = 2, TrainsBestOnAllRows = false }).Run(TestRows.View(ml));

        watch.All.Should().HaveCount(2).And.OnlyContain(start => start.TrainingRows == 240);
    }

    [TestMethod]
    public void Run_RowsLeftOutOrWithoutWeight_AreNeitherTrainedNorMeasuredOn()
    {
        var ml = new MLContext(1);
        var rows = TestRows.Make(300).Select((row, i) => new Weighted { Features = row.Features, Number = i % 3 == 0 ? float.NaN : row.Number, Weight = i % 5 == 0 ? 0 : 1 }).ToArray();
        var watch = new Starts();
        var trainer = ml.Regression.Trainers.DeepMlp(s_quick with { MissingLabels = MissingLabels.Skip, ExampleWeightColumnName = "Weight", Progress = watch });
        int usable = rows.Count(row => !float.IsNaN(row.Number) && row.Weight > 0);

        var result = ml.Tune(trainer, s_options with { Trials = 6, TrainsBestOnAllRows = false, Validation = TrialValidation.Folds(2) }).Run(ml.Data.LoadFromEnumerable(rows));

        watch.All.Should().HaveCount(12).And.OnlyContain(start => start.TrainingRows + start.ValidationRows == usable);
        watch.All[0].TrainingRows.Should().Be(watch.All[1].ValidationRows, "folds change places");
        result.Best.Score.Should().BeInRange(0.1, 6);
    }

    [TestMethod]
    public void Run_AnEngineOrContextWithItsOwnNetwork_SearchesWhatIsLeft() =>
        SearchSpace.For(LossTasks.Regression, new DeepMlpOptions { Engine = new OwnNetworkEngine() }).Names.Should().Equal("LearningRate");

    [TestMethod]
    public void Run_DataThatCannotBeRead_SaysSoAtOnce()
    {
        var ml = new MLContext(1);
        var rows = TestRows.Make(50);
        rows[7].Features[1] = float.PositiveInfinity;

        ml.Invoking(m => m.Tune(m.Regression.Trainers.DeepMlp(s_quick), s_options).Run(m.Data.LoadFromEnumerable(rows))).Should().Throw<InvalidOperationException>().WithMessage("Row 7 *'Features'*");
        ml.Invoking(m => m.Tune(m.Regression.Trainers.DeepMlp(s_quick with { LabelColumnName = "Nothing" }), s_options).Run(TestRows.View(m))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*'Nothing'*");
    }

    [TestMethod]
    public void Tune_AChainWithoutATrainer_IsRefused()
    {
        var ml = new MLContext(1);

        ml.Invoking(m => m.Tune(new EstimatorChain<DeepMlpTransformer<DeepMlpRegressionModelParameters>>())).Should().Throw<ArgumentException>().WithMessage("The pipeline must end in a DeepMlp trainer, got an empty one.*");
    }

    private sealed class Weighted
    {
        [VectorType(3)] public float[] Features { get; set; } = [];
        public float Number { get; set; }
        public float Weight { get; set; }
    }

    /// <summary>A step that notes the rows that it is fitted to.</summary>
    private sealed class CountedStep(IEstimator<ITransformer> step) : IEstimator<ITransformer>
    {
        public List<int> RowsOfFits { get; } = [];

        public ITransformer Fit(IDataView input)
        {
            int rows = 0;
            using (var cursor = input.GetRowCursor([]))
            {
                while (cursor.MoveNext())
                    rows++;
            }
            RowsOfFits.Add(rows);
            return step.Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => step.GetOutputSchema(inputSchema);
    }

    private sealed class OwnNetworkEngine : IMlpEngine
    {
        public string Name => "own";

        public ICustomNetwork? CustomNetwork => new OwnNetwork();

        public IMlpSession Open(NetworkDescription network, DataBlock data, EngineSettings settings) => throw new NotSupportedException();
    }

    private sealed class OwnNetwork : ICustomNetwork
    {
        public string Name => "own";

        public string Kind => "Own";

        public (NetworkDescription Network, NetworkWeights Start) Start(int inputs, int outputs, int seed) => throw new NotSupportedException();

        public void Check(CustomLayer saved) => throw new NotSupportedException();

        public INetworkScorer CreateScorer(CustomLayer layer, NetworkWeights weights) => throw new NotSupportedException();
    }
}
