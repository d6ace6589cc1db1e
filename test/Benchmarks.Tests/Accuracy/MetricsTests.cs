using MLExtensions.Benchmarks.Accuracy;

namespace MLExtensions.Benchmarks.Tests.Accuracy;

[TestClass]
public sealed class MetricsTests
{
    private static readonly Table s_binary = new([], [0, 1, 1, 0, 1], ["no", "yes"]);

    /// <summary>scikit-learn's accuracy_score, roc_auc_score and log_loss.</summary>
    [TestMethod]
    public void Of_TwoClasses_IsWhatScikitLearnMeasures()
    {
        var metrics = Metrics.Of(s_binary, [0, 1, 2, 3, 4], [0.25f, 0.75f, 0.5f, 0.5f, 0.875f]);

        metrics.Accuracy.Should().Be(0.8);
        metrics.Auc.Should().BeApproximately(5.5 / 6, 1e-12);
        metrics.LogLoss.Should().BeApproximately(-(2 * Math.Log(0.75) + 2 * Math.Log(0.5) + Math.Log(0.875)) / 5, 1e-9);
        metrics.Rmse.Should().BeNull();
    }

    [TestMethod]
    public void Of_SeveralClasses_TakesTheMostProbable()
    {
        var table = new Table([], [2, 0], ["a", "b", "c"]);

        var metrics = Metrics.Of(table, [1, 0], [0.5f, 0.25f, 0.25f, 0.125f, 0.75f, 0.125f]);

        metrics.Accuracy.Should().Be(0.5);
        metrics.LogLoss.Should().BeApproximately(-(Math.Log(0.5) + Math.Log(0.125)) / 2, 1e-9);
        metrics.Auc.Should().BeNull();
    }

    [TestMethod]
    public void Of_Numbers_IsTheRootOfTheMeanSquare() =>
        Metrics.Of(new Table([], [1, 2, 3], []), [2, 0], [5, -1]).Rmse.Should().BeApproximately(2, 1e-12);

    [TestMethod]
    public void Of_SureAndWrong_IsFinite() => Metrics.Of(s_binary, [0], [1]).LogLoss.Should().BeApproximately(-Math.Log(1e-7), 1e-6);

    [TestMethod]
    [DataRow(new[] { 0.5f }, "gave 1 scores for 2 rows of 1")]
    [DataRow(new[] { 0.5f, float.NaN }, "gave scores that are no numbers")]
    public void Of_ScoresThatAreNone_AreRefused(float[] scores, string message)
    {
        Action measure = () => Metrics.Of(s_binary, [0, 1], scores);

        measure.Should().Throw<InvalidOperationException>().WithMessage(message);
    }
}
