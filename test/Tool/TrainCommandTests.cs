using Microsoft.ML;

namespace MLExtensions.Tool.Tests;

[TestClass]
public sealed class TrainCommandTests
{
    [TestMethod]
    public void Train_Iris_LearnsTheSpeciesAndSaysHowWell()
    {
        using var run = new ToolRun();

        run.Well("train", ToolRun.Iris, "--label", "species", "-o", run["iris.zip"], "--json", "--preset", "quick");

        run.Json["task"]!.GetValue<string>().Should().Be("multiclass");
        run.Json["label"]!.GetValue<string>().Should().Be("Species");
        run.Json["heldOut"]!["rows"]!.GetValue<int>().Should().Be(30);
        run.Json["heldOut"]!["accuracy"]!.GetValue<double>().Should().BeGreaterThan(0.85);
        run.Json["trainingRows"]!.GetValue<int>().Should().Be(102);
        run.Error.Should().Contain("SepalLength").And.Contain("task: multiclass").And.Contain("Fit 1");
        run.Files.Should().Equal("iris.zip");
        new MLContext().Model.Load(run["iris.zip"], out var schema).Should().NotBeNull();
        schema.Select(column => column.Name).Should().Equal("SepalLength", "SepalWidth", "PetalLength", "PetalWidth", "Species");
    }

    [TestMethod]
    [DataRow("good", "binary", "accuracy", 0.85, false)]
    [DataRow("price", "regression", "rSquared", 0.8, false)]
    [DataRow("colour", "binary", "rows", 1.0, false)]
    [DataRow("price", "regression", "rSquared", 0.8, true)]
    public void Train_UglyTable_LearnsWhatTheLabelAsksFor(string label, string task, string measure, double atLeast, bool windows)
    {
        using var run = new ToolRun();
        string path = run.Write("houses.csv", windows ? "\uFEFF" + Tables.Houses(separator: ';', end: "\r\n") : Tables.Houses());

        run.Well("train", path, "-l", label, "-o", run["m.zip"], "--json", "--seed", "3");

        run.Json["task"]!.GetValue<string>().Should().Be(task);
        run.Json["heldOut"]![measure]!.GetValue<double>().Should().BeGreaterThanOrEqualTo(atLeast);
    }

    [TestMethod]
    [DataRow("0,1", "binary")]
    [DataRow("1,2,3", "multiclass")]
    [DataRow("low,middle,high", "multiclass")]
    [DataRow("0.5,1.5,2.25", "regression")]
    [DataRow("1,2,3,4,5,6,7,8,9,10,11,12", "regression")]
    [DataRow("1,1.0,2", "binary")]
    public void Task_OfALabel_FollowsFromItsValues(string values, string expected)
    {
        using var run = new ToolRun();
        string path = run.Write("data.csv", Labelled(values.Split(',')));

        run.Well("train", path, "-l", "y", "-o", run["m.zip"], "--json", "--preset", "quick", "--test", "0");

        run.Json["task"]!.GetValue<string>().Should().Be(expected);
        run.Json["heldOut"].Should().BeNull();
    }

    [TestMethod]
    public void Task_Told_OverrulesTheLabel()
    {
        using var run = new ToolRun();
        string path = run.Write("data.csv", Labelled(["1", "2", "3"]));

        run.Well("train", path, "-l", "y", "-o", run["m.zip"], "--json", "--preset", "quick", "--task", "regression");

        run.Json["heldOut"]!["rootMeanSquaredError"]!.GetValue<double>().Should().BeLessThan(1);
    }

    [TestMethod]
    [DataRow("yes,no", null, "yes")]
    [DataRow("0,1", null, "1")]
    [DataRow("yes,no", "no", "no")]
    public void Positive_OfTwoValues_IsTheOneThatSaysYesOrWasTold(string values, string? told, string expected)
    {
        using var run = new ToolRun();
        string path = run.Write("data.csv", Labelled(values.Split(',')));

        run.Well(["train", path, "-l", "y", "-o", run["m.zip"], "--preset", "quick", .. told is null ? Array.Empty<string>() : ["--positive", told]]);
        run.Error.Should().Contain($"probability of '{expected}'");

        run.Well("predict", run["m.zip"], path);
        run.Out.Should().StartWith($"x,y,y_predicted,y_probability_{expected}\n");
    }

    [TestMethod]
    [DataRow("colr", "has no column 'colr' for the label. Did you mean 'color'? Columns are: x, color, y.")]
    [DataRow("", "has no column ''")]
    [DataRow("4", "has no column '4'")]
    public void Label_ThatIsNotThere_IsRefusedWithTheNearest(string label, string expected) => Refused("x,color,y\n1.5,r,a\n2.5,g,b\n", ["-l", label], 1, expected);

    [TestMethod]
    [DataRow("x,y\n1.5,a\n2.5,a\n", "one value in all rows, 'a'")]
    [DataRow("x,y\n1.5,\n2.5,NA\n", "missing in all rows")]
    [DataRow("x,y\n1.5,a\n2.5,b\n3.5,c\n", "has 3 different values in 3 rows")]
    [DataRow("x,y\n5,a\n5,b\n", "no column is left to learn from. 'x': one value in all rows: 5")]
    [DataRow("x;y\n1.5;1,5\n2.5;2,5\n3.5;3,5\n", "'y': expected numbers with a decimal point")]
    [DataRow("x,Score,y\n1.5,1,a\n2.5,2,b\n3.5,1,a\n4.5,2,b\n", "")]
    public void Table_ThatCannotBeLearned_IsRefused(string text, string expected)
    {
        if (expected.Length > 0)
            Refused(text, ["-l", "y"], 1, expected);
        else
            Refused(text, ["-l", "Score"], 1, "The label is named 'Score', as a column of every model is: rename it");
    }

    [TestMethod]
    [DataRow("-l y --preset fast", "expected one of defaults, quick, realmlp, tabm, best, got 'fast'")]
    [DataRow("-l y --test 1.5", "--test: expected a share of the rows")]
    [DataRow("-l y --minutes 0", "--minutes: expected a number above 0, got 0")]
    [DataRow("-l y --minutes soon", "--minutes")]
    [DataRow("-l y --header --no-header", "do not go together")]
    [DataRow("-l y --separator ab", "--separator: expected one character")]
    [DataRow("-l y --text x --number x", "named by two of --text, --number")]
    [DataRow("-l y --ignore y", "is named by --text, --number, --date or --ignore too")]
    [DataRow("--lable y", "Did you mean --label?")]
    [DataRow("-l y --task multi", "expected one of binary, multiclass, regression")]
    public void Options_ThatCannotBe_AreUsage(string options, string expected) => Refused(Labelled(["a", "b"]), options.Split(' '), 2, expected);

    [TestMethod]
    [DataRow("-l y --task regression", "expected numbers for --task regression, got 'a' in line 2")]
    [DataRow("-l y --positive c", "has the values")]
    [DataRow("-l y --number z", "has no column 'z' for the --number")]
    [DataRow("-l y --date x", "was said to be dates")]
    public void Options_ThatDoNotFitTheTable_AreFailures(string options, string expected) => Refused(Labelled(["a", "b"]), options.Split(' '), 1, expected);

    [TestMethod]
    public void Output_ThatCannotBeWritten_IsRefusedBeforeTheTraining()
    {
        using var run = new ToolRun();

        run.Run("train", ToolRun.Iris, "-l", "Species", "-o", run["none/m.zip"]).Should().Be(1);

        run.Error.Should().Contain("does not exist; make it first").And.NotContain("Fit");
    }

    [TestMethod]
    public void Labels_ThatAreMissing_AreLeftOut()
    {
        using var run = new ToolRun();
        string path = run.Write("data.csv", Labelled(["a", "b", ""]));

        run.Well("train", path, "-l", "y", "-o", run["m.zip"], "--json", "--preset", "quick");

        run.Error.Should().Contain("30 rows without label are left out");
        (run.Json["trainingRows"]!.GetValue<int>() + run.Json["validationRows"]!.GetValue<int>() + run.Json["heldOut"]!["rows"]!.GetValue<int>()).Should().Be(60);
    }

    [TestMethod]
    public void Seed_TheSame_GivesTheSameModel()
    {
        using var run = new ToolRun();
        string Trained(string seed)
        {
            run.Well("train", ToolRun.Iris, "-l", "Species", "-o", run["m.zip"], "--preset", "quick", "--seed", seed);
            return run.Well("predict", run["m.zip"], ToolRun.Iris).Out;
        }

        string first = Trained("5");

        Trained("5").Should().Be(first);
        Trained("6").Should().NotBe(first);
    }

    [TestMethod]
    public void Minutes_VeryFew_EndTheTraining()
    {
        using var run = new ToolRun();

        run.Well("train", ToolRun.Iris, "-l", "Species", "-o", run["m.zip"], "--preset", "realmlp", "--minutes", "0.0001", "--json");

        run.Json["epochs"]!.GetValue<int>().Should().BeLessThan(200, "RealMLP trains 256");
    }

    [TestMethod]
    public void Validation_OfNetworksThatAreAveraged_IsForAllOfThem()
    {
        using var run = new ToolRun();

        run.Well("train", ToolRun.Iris, "-l", "Species", "-o", run["m.zip"], "--preset", "realmlp", "--validation", "0.4", "--test", "0.2", "--minutes", "0.05", "--json");

        run.Json["validationRows"]!.GetValue<int>().Should().Be(48, "of 120");
    }

    [TestMethod]
    public void ValidationAndTest_InFiles_AreTheRowsThatCount()
    {
        using var run = new ToolRun();
        string train = run.Write("train.csv", Tables.Houses(100));
        string watched = run.Write("watched.csv", Tables.Houses(30, seed: 2));
        string test = run.Write("test.csv", Tables.Houses(20, seed: 3));

        run.Well("train", train, "-l", "price", "-o", run["m.zip"], "--preset", "quick", "--validation", watched, "--test", test, "--report", run["r.html"], "--json");

        run.Json["trainingRows"]!.GetValue<int>().Should().Be(100);
        run.Json["validationRows"]!.GetValue<int>().Should().Be(30);
        run.Json["heldOut"]!["rows"]!.GetValue<int>().Should().Be(20);
        File.ReadAllText(run["r.html"]).Should().Contain("<html").And.Contain("price of train.csv");
    }

    [TestMethod]
    public void Cancelled_AtAnyTime_WritesNothing()
    {
        using var run = new ToolRun();
        File.WriteAllText(run["m.zip"], "the old model");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        int code = run.Run(stop.Token, "", "train", ToolRun.Iris, "-l", "Species", "-o", run["m.zip"], "--preset", "best");

        code.Should().Be(130);
        run.Error.Should().EndWith("stopped: no result was saved.\n");
        run.Files.Should().Equal("m.zip");
        File.ReadAllText(run["m.zip"]).Should().Be("the old model");
    }

    private static string Labelled(string[] labels) =>
        "x,y\n" + string.Concat(Enumerable.Range(0, 30 * labels.Length).Select(row => FormattableString.Invariant($"{row % labels.Length + row * 7 % 10 / 20.0:F2},{labels[row % labels.Length]}\n")));

    private static void Refused(string text, string[] options, int code, string expected)
    {
        using var run = new ToolRun();

        int got = run.Run(["train", run.Write("data.csv", text), "-o", run["m.zip"], .. options]);

        run.Error.Should().Contain(expected).And.NotContain("   at ");
        got.Should().Be(code);
        run.Out.Should().BeEmpty();
        run.Files.Should().Equal("data.csv");
    }
}
