using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class PresetTests
{
    private static readonly Dictionary<string, Func<LossTasks, DeepMlpOptions>> s_presets = new()
    {
        ["RealMlp"] = DeepMlpOptions.RealMlp,
        ["TabM"] = DeepMlpOptions.TabM,
        ["Quick"] = DeepMlpOptions.Quick,
        ["Best"] = task => DeepMlpOptions.Best(task, TimeSpan.FromMinutes(10)),
    };

    private static readonly Dictionary<LearningTask, LossTasks> s_tasks = new()
    {
        [LearningTask.Binary] = LossTasks.BinaryClassification,
        [LearningTask.Multiclass] = LossTasks.MulticlassClassification,
        [LearningTask.Regression] = LossTasks.Regression,
    };

    public static IEnumerable<object[]> Names => s_presets.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> NamesAndTasks => from name in s_presets.Keys from task in s_tasks.Keys select new object[] { name, task };

    [TestMethod]
    [DynamicData(nameof(NamesAndTasks))]
    public void Preset_AnyTask_HasValidValues(string name, LearningTask task) =>
        FluentActions.Invoking(() => s_presets[name](s_tasks[task]).Validate(s_tasks[task])).Should().NotThrow();

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Preset_NotOneTask_IsRefused(string name)
    {
        foreach (var task in new[] { LossTasks.None, LossTasks.Regression | LossTasks.BinaryClassification })
            FluentActions.Invoking(() => s_presets[name](task)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("task");
    }

    [TestMethod]
    public void ToString_Preset_NamesWhatDiffersFromTheDefaults()
    {
        new DeepMlpOptions().ToString().Should().Be("DeepMlpOptions { }");
        (DeepMlpOptions.Quick(LossTasks.Regression) with { LabelColumnName = "Price", DropoutRates = [0.5f, 0] }).ToString().Should().Contain("LabelColumnName = \"Price\"")
            .And.Contain("NumberEmbedding = null").And.Contain("HiddenLayers = [128, 64]").And.Contain("DropoutRates = [0.5, 0]").And.Contain("NumberOfEpochs = 60").And.Contain("Patience = 8");
        DeepMlpOptions.TabM(LossTasks.Regression).ToString().Should().Contain("BatchEnsemble = BatchEnsembleOptions { Members = 16, Mini = False }").And.Contain("[(1024, 64), (8192, 128),")
            .And.NotContain("WeightAveraging");
    }

    [TestMethod]
    public void Best_Time_IsTheLimitOfTheEnsemble()
    {
        DeepMlpOptions.Best(LossTasks.Regression, TimeSpan.FromMinutes(3)).Ensemble!.TimeLimit.Should().Be(TimeSpan.FromMinutes(3));
        DeepMlpOptions.Best(LossTasks.Regression).Ensemble!.TimeLimit.Should().BeNull();
        FluentActions.Invoking(() => DeepMlpOptions.Best(LossTasks.Regression, TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("time");
    }

    [TestMethod]
    [DynamicData(nameof(NamesAndTasks))]
    public void Preset_FewRows_LearnsMoreThanAConstant(string name, LearningTask task)
    {
        var preset = s_presets[name](s_tasks[task]);
        var history = Trainer.Fit(task, options => preset with
        {
            LabelColumnName = options.LabelColumnName,
            FeatureColumnName = options.FeatureColumnName,
            ExampleWeightColumnName = options.ExampleWeightColumnName,
            Engine = options.Engine,
            HiddenLayers = [16, 16],
            BatchEnsemble = preset.BatchEnsemble is null ? null : new() { Members = 4 },
            Ensemble = preset.Ensemble is null ? null : preset.Ensemble with { Members = 5, SelectsKinds = false },
            NumberOfEpochs = 32,
            BatchSize = 16,
            EarlyStopping = preset.EarlyStopping! with { Patience = 32 },
        }).History;

        history.Epochs.Should().HaveCount(32);
        history.Epochs[^1].TrainingLoss.Should().BeLessThan(0.8 * history.Epochs[0].TrainingLoss);
    }
}
