namespace MLExtensions.Tool.Tests;

[TestClass]
public sealed class TuneCommandTests
{
    [TestMethod]
    public void Tune_AFewTrials_GivesTheBestAndGoesOnWhereItStopped()
    {
        using var run = new ToolRun();
        string[] search = ["tune", ToolRun.Iris, "-l", "Species", "-o", run["m.zip"], "--preset", "quick", "--store", run["s.jsonl"], "--json", "--trials"];

        run.Well([.. search, "2", "--leaderboard", run["trials.csv"]]);
        run.Json["trials"]!.AsArray().Should().HaveCount(2);
        run.Json["heldOut"]!["accuracy"]!.GetValue<double>().Should().BeGreaterThan(0.8);
        run.Error.Should().Contain("trial 1: ").And.Contain("trial 2: ");
        run.Files.Should().Equal("m.zip", "s.jsonl", "trials.csv");

        run.Well([.. search, "3"]);
        run.Json["trials"]!.AsArray().Should().HaveCount(3);
        run.Error.Should().NotContain("trial 2: ").And.Contain("trial 3: ");
        run.Well("predict", run["m.zip"], ToolRun.Iris).Out.Split('\n').Should().HaveCount(152);
    }

    [TestMethod]
    public void Tune_ATimeLimit_Ends()
    {
        using var run = new ToolRun();

        run.Well("tune", ToolRun.Iris, "-l", "Species", "-o", run["m.zip"], "--preset", "quick", "--minutes", "0.08");

        run.Out.Should().Contain("The best options in C#:").And.Contain("new DeepMlpOptions").And.NotContain("CancellationToken");
    }

    [TestMethod]
    public void Tune_Cancelled_WritesNoModel()
    {
        using var run = new ToolRun();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));

        run.Run(stop.Token, "", "tune", ToolRun.Iris, "-l", "Species", "-o", run["m.zip"], "--preset", "tabm").Should().Be(130);

        run.Files.Should().BeEmpty();
    }
}
