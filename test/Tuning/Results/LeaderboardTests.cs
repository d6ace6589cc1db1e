using MLExtensions.TestSupport;
using MLExtensions.Trainers;

namespace MLExtensions.Tuning.Tests.Results;

[TestClass]
public sealed class LeaderboardTests
{
    private static readonly Trial[] s_trials =
    [
        New(1, TrialState.Complete, 0.8, []),
        New(2, TrialState.Stopped, 0.95, [("LearningRate", "0.01"), ("Kind", "a")]) with { Epochs = 3, Reason = "ended after epoch 3" },
        New(3, TrialState.Failed, null, [("LearningRate", "0.5"), ("Kind", "b, \"c\"")]) with { Reason = "it diverged" },
        New(4, TrialState.Complete, 0.9, [("LearningRate", "0.002"), ("Kind", "b")]),
        New(5, TrialState.Failed, null, [("LearningRate", "0.6")]) with { Reason = "it diverged" },
    ];

    [TestMethod]
    public void Trials_InOrder_AreCompleteOnesFirstAndTheBestFirst()
    {
        Board(higherIsBetter: true).Trials.Select(trial => trial.Number).Should().Equal(4, 1, 2, 3, 5);
        Board(higherIsBetter: false).Trials.Select(trial => trial.Number).Should().Equal(1, 4, 2, 3, 5);
    }

    [TestMethod]
    public void ToString_OfTrials_IsATable() =>
        Board(true).ToString().ReplaceLineEndings("\n").Should().Be("""
            trial           AUC  epochs   time  LearningRate      Kind
            4            0.9000      12  1.5 s         0.002         b
            1            0.8000      12  1.5 s      as given  as given
            2 (stopped)  0.9500       3  1.5 s          0.01         a
            2 trials failed: it diverged
            """.ReplaceLineEndings("\n"));

    [TestMethod]
    public void ToString_OfFewer_SaysHowManyMore() => Board(true).ToString(1).Should().Contain("and 2 more");

    [TestMethod]
    public void ToCsv_OfTrials_HasALineForEach()
    {
        using var folder = new TestFolder();

        Board(true).ToCsv(folder.File("trials.csv"));

        File.ReadAllLines(folder.File("trials.csv")).Should().Equal("trial,state,score,epochs,seconds,reason,LearningRate,Kind", "4,Complete,0.9,12,1.500,,0.002,b", "1,Complete,0.8,12,1.500,,,",
            "2,Stopped,0.95,3,1.500,ended after epoch 3,0.01,a", "3,Failed,,12,1.500,it diverged,0.5,\"b, \"\"c\"\"\"", "5,Failed,,12,1.500,it diverged,0.6,");
    }

    private static Leaderboard Board(bool higherIsBetter) => new("AUC", higherIsBetter, ["LearningRate", "Kind"], s_trials);

    private static Trial New(int number, TrialState state, double? score, (string Name, string Value)[] values) => new(number, state, new DeepMlpOptions())
    {
        Score = score,
        Epochs = 12,
        Time = TimeSpan.FromSeconds(1.5),
        Values = values.ToDictionary(value => value.Name, value => value.Value),
    };
}
