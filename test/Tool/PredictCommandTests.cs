using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLExtensions.Tool.Tests;

[TestClass]
public sealed class PredictCommandTests
{
    private static readonly TestFolder s_folder = new();

    private static string Houses => s_folder.File("price.zip");

    private static string Iris => s_folder.File("iris.zip");

    [ClassInitialize]
    public static void Train(TestContext _)
    {
        using var run = new ToolRun();
        run.Well("train", run.Write("houses.csv", Tables.Houses()), "-l", "price", "-o", Houses, "--preset", "quick", "--quiet");
        run.Error.Should().BeEmpty();
        run.Well("train", ToolRun.Iris, "-l", "Species", "-o", Iris, "--preset", "quick");
    }

    [ClassCleanup]
    public static void Delete() => s_folder.Dispose();

    [TestMethod]
    public void Predict_RowsOfAnotherOrderAndSeparator_AreTheSame()
    {
        using var run = new ToolRun();
        string usual = run.Write("a.csv", "size,colour,when,note,price,good\n50.5,rot,2024-03-01,n,1,yes\n");
        string other = run.Write("b.csv", "\uFEFFgood;more;when;colour;size\r\nyes;\"a;\"\"b\";2024-03-01;rot;50.5\r\n");

        string first = run.Well("predict", Houses, usual).Out;
        string second = run.Well("predict", Houses, other).Out;

        first.Should().StartWith("size,colour,when,note,price,good,price_predicted\n50.5,rot,2024-03-01,n,1,yes,");
        second.Should().StartWith("good;more;when;colour;size;price_predicted\nyes;\"a;\"\"b\";2024-03-01;rot;50.5;");
        string price = first.TrimEnd().Split(',')[^1];
        second.TrimEnd().Split(';')[^1].Should().Be(price);
        double.Parse(price, CultureInfo.InvariantCulture).Should().BeInRange(120, 300);
    }

    [TestMethod]
    public void Predict_Iris_IsWhatMLNetSaysOfTheSameModel()
    {
        using var run = new ToolRun();
        var ml = new MLContext();
        var model = ml.Model.Load(Iris, out var schema);
        var rows = ml.Data.CreateTextLoader([.. schema.Select((column, index) => new TextLoader.Column(column.Name, index < 4 ? DataKind.Single : DataKind.String, index))], ',', hasHeader: true).Load(ToolRun.Iris);
        string[] expected = [.. model.Transform(rows).GetColumn<string>("PredictedLabel")];

        run.Well("predict", Iris, ToolRun.Iris, "-o", run["out.csv"], "--only-predictions");

        string[] lines = File.ReadAllLines(run["out.csv"]);
        lines[0].Should().Be("Species_predicted,Species_probability_Iris-setosa,Species_probability_Iris-versicolor,Species_probability_Iris-virginica");
        lines.Skip(1).Select(line => line.Split(',')[0]).Should().Equal(expected);
        lines.Skip(1).Select(line => line.Split(',').Skip(1).Sum(value => double.Parse(value, CultureInfo.InvariantCulture))).Should().AllSatisfy(sum => sum.Should().BeApproximately(1, 1e-5));
        run.Error.Should().Contain("150 rows");
    }

    [TestMethod]
    public void Predict_StandardInput_IsAsOfAFile()
    {
        using var run = new ToolRun();
        string text = File.ReadAllText(ToolRun.Iris);

        int code = run.Run(CancellationToken.None, text, "predict", Iris, "-");
        string piped = run.Out;

        code.Should().Be(0, run.Error);
        piped.Should().Be(run.Well("predict", Iris, ToolRun.Iris).Out);
        run.Run(CancellationToken.None, text, "evaluate", Iris, "-").Should().Be(1);
        run.Error.Should().Contain("save it to a file first");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Predict_ModelOfATableWithoutHeader_TakesColumnsByPlace(bool withLabel)
    {
        using var run = new ToolRun();
        string rows = string.Concat(Enumerable.Range(0, 80).Select(row => FormattableString.Invariant($"{row % 7}.5,{(row % 2 == 0 ? "a" : "b")},{row % 9}.25\n")));
        run.Well("train", run.Write("train.csv", rows), "-l", "2", "-o", run["m.zip"], "--preset", "quick");

        int code = run.Run(CancellationToken.None, withLabel ? "1.5,a,2.25\n2.5,b,3.25\n" : "1.5,2.25\n2.5,3.25\n", "predict", run["m.zip"], "-");

        code.Should().Be(0, run.Error);
        run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(3);
        run.Out.Should().StartWith(withLabel ? "column1,column2,column3,column2_predicted" : "column1,column2,column2_predicted");
    }

    [TestMethod]
    public void Predict_CellsThatAreNone_AreMissingAndToldOnce()
    {
        using var run = new ToolRun();
        string path = run.Write("a.csv", "size,colour,when,good\n50,rot,2024-03-01,yes\nbig,blau,soon,yes\nhuge,,,\n,rot,?,no\n");

        run.Well("predict", Houses, path);

        run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(5);
        run.Error.Should().Contain("warning: column 'size': 2 values are not of the kind that was trained on, as 'big' in line 3: taken as missing.")
            .And.Contain("column 'when': 1 value is not");
    }

    [TestMethod]
    public void Predict_OwnOutput_GetsColumnsOfOtherNames()
    {
        using var run = new ToolRun();
        run.Well("predict", Iris, ToolRun.Iris, "-o", run["a.csv"]);

        run.Well("predict", Iris, run["a.csv"]);

        run.Out.Split('\n')[0].Should().Contain("Species_predicted,").And.Contain("Species_predicted_2,");
    }

    [TestMethod]
    [DataRow("size,color,when,good\n1,rot,2024-01-01,yes\n", "has no column 'colour', which the model was trained on. Is it 'color'? Then rename it.")]
    [DataRow("size,colour,when,good\n1,rot,2024-01-01\n", "line 2: expected 4 cells")]
    public void Predict_OtherTables_AreRefusedAndNothingIsWritten(string text, string expected)
    {
        using var run = new ToolRun();

        run.Run("predict", Houses, run.Write("a.csv", text), "-o", run["out.csv"]).Should().Be(1);

        run.Error.Should().Contain(expected);
        run.Files.Should().Equal("a.csv");
    }

    [TestMethod]
    [DataRow("predict none.zip x.csv", "There is no model 'none.zip'")]
    [DataRow("evaluate IRIS IRIS", "expected the .zip file of a model")]
    [DataRow("predict MODEL none.csv", "There is no file 'none.csv'")]
    [DataRow("predict MODEL IRIS -o /", "is a folder")]
    public void Files_ThatAreNone_AreRefused(string line, string expected)
    {
        using var run = new ToolRun();

        run.Run([.. line.Split(' ').Select(word => word switch { "IRIS" => ToolRun.Iris, "MODEL" => Iris, _ => word })]).Should().Be(1);

        run.Error.Should().Contain(expected).And.NotContain("   at ");
    }

    [TestMethod]
    public void Verbose_AFailure_ComesWithItsStackTrace()
    {
        using var run = new ToolRun();

        run.Run("evaluate", ToolRun.Iris, ToolRun.Iris, "--verbose").Should().Be(1);

        run.Error.Should().Contain("   at MLExtensions.Tool");
    }

    [TestMethod]
    public void Evaluate_RowsThatWereHeldOut_GivesTheMeasuresOfTraining()
    {
        using var run = new ToolRun();
        string test = run.Write("test.csv", Tables.Houses(60, seed: 9));
        run.Well("train", run.Write("houses.csv", Tables.Houses()), "-l", "good", "-o", run["m.zip"], "--preset", "quick", "--test", test, "--json");
        string told = run.Json["heldOut"]!.ToJsonString();

        run.Well("evaluate", run["m.zip"], test, "--json");

        run.Json.ToJsonString().Should().Be(told);
        run.Well("evaluate", run["m.zip"], test).Out.Should().Contain("area under the ROC curve").And.Contain("taken for yes");
    }

    [TestMethod]
    [DataRow("size,colour,when,good,price\n1,rot,2024-01-01,yes,\n", "No row has a label 'price'")]
    [DataRow("size,colour,when,good\n1,rot,2024-01-01,yes\n", "has no label 'price'")]
    public void Evaluate_RowsWithoutLabel_AreRefused(string text, string expected)
    {
        using var run = new ToolRun();

        run.Run("evaluate", Houses, run.Write("a.csv", text)).Should().Be(1);

        run.Error.Should().Contain(expected);
    }

    [TestMethod]
    public void Onnx_Iris_GivesTheSameClassesInOnnxRuntime()
    {
        using var run = new ToolRun();
        string[] expected = [.. run.Well("predict", Iris, ToolRun.Iris, "--only-predictions").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];

        run.Well("onnx", Iris, "-o", run["iris.onnx"]);

        using var session = new InferenceSession(run["iris.onnx"]);
        string[][] rows = [.. File.ReadAllLines(ToolRun.Iris).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
        string[] columns = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];
        var inputs = columns.Select((name, column) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(rows.Select(row => float.Parse(row[column], CultureInfo.InvariantCulture)).ToArray(), [rows.Length, 1])));
        using var results = session.Run([.. inputs], ["Score.output"]);
        float[] scores = [.. results[0].AsEnumerable<float>()];
        float[] told = [.. expected.SelectMany(line => line.Split(',').Skip(1).Select(value => float.Parse(value, CultureInfo.InvariantCulture)))];
        scores.Should().HaveCount(told.Length);
        scores.Zip(told, (one, other) => Math.Abs(one - other)).Max().Should().BeLessThan(1e-5f);
    }

    [TestMethod]
    public void Onnx_ATableWithDates_IsRefusedAndNothingIsWritten()
    {
        using var run = new ToolRun();

        run.Run("onnx", Houses, "-o", run["m.onnx"]).Should().Be(1);

        run.Error.Should().Contain("when");
        run.Files.Should().BeEmpty();
    }

    [TestMethod]
    public void InspectAndReport_AModel_TellWhatIsInIt()
    {
        using var run = new ToolRun();

        run.Well("inspect", Iris).Out.Should().Contain("predicts 'Species' (multiclass: Iris-setosa, Iris-versicolor, Iris-virginica)").And.Contain("on rows that were held out: accuracy").And.Contain("parameters").And.Contain("best");
        run.Well("inspect", Houses, "--json").Json["columns"]!.AsArray().Select(column => (string)column!["takenFor"]!).Should().Equal("number", "category", "date", "ignored", "category");
        run.Well("report", Iris, ToolRun.Iris, "-o", run["r.html"]);
        File.ReadAllText(run["r.html"]).Should().Contain("Species");
    }

    [TestMethod]
    public void Predict_AModelThatAnApplicationSaved_Works()
    {
        using var run = new ToolRun();
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(row => new Row { Size = row, Name = row % 2 == 0 ? "a" : "b", Price = 2 * row }));
        var pipeline = ml.Transforms.EncodeTable("Features", new MLExtensions.Transforms.TableEncodingOptions { Except = ["Price"] })
            .Append(ml.Regression.Trainers.DeepMlp(MLExtensions.Trainers.DeepMlpOptions.Quick(MLExtensions.Networks.LossTasks.Regression) with { LabelColumnName = "Price" }));
        ml.Model.SaveSafely(pipeline.Fit(data), data.Schema, run["app.zip"]);

        run.Well("predict", run["app.zip"], run.Write("a.csv", "Name,Size\na,30\nb,10\n"));
        run.Out.Should().StartWith("Name,Size,Price_predicted\na,30,");
        run.Well("evaluate", run["app.zip"], run.Write("b.csv", "Name,Size,Price\na,30,60\nb,10,20\na,50,100\n"), "--json").Json["rows"]!.GetValue<int>().Should().Be(3);
    }

    private sealed class Row
    {
        public float Size { get; set; }

        public string Name { get; set; } = "";

        public float Price { get; set; }
    }
}
