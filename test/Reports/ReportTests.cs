using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.Reports.Tests;

/// <summary>What stands in reports, and what is refused.</summary>
[TestClass]
public sealed class ReportTests
{
    private static readonly MLContext s_ml = new(1);

    private static readonly IDataView s_rows = Models.Rows(s_ml);

    [TestMethod]
    [DataRow(0.34, "0.3 s")]
    [DataRow(5.478, "5.5 s")]
    [DataRow(42.4, "42 s")]
    [DataRow(185.2, "3:05 min")]
    [DataRow(3730, "1:02:10 h")]
    public void Time_Seconds_AreWrittenAsOnTheConsole(double seconds, string expected) => Markup.Numbers.Time(seconds).Should().Be(expected);

    [TestMethod]
    public void Create_Loaded_TellsTheSameAsFitted()
    {
        using var folder = new TestFolder();
        var model = Models.Fit(s_ml, "Binary", s_rows).Model;
        s_ml.Model.Save(model, s_rows.Schema, folder.File("model.zip"));

        TrainingReport.Create(new MLContext().Model.Load(folder.File("model.zip"), out _), s_rows).Should().Be(TrainingReport.Create(model, s_rows));
    }

    [TestMethod]
    public void Create_Names_AreText()
    {
        string page = TrainingReport.Create(Models.Fit(s_ml, "Binary", s_rows).Model, s_rows, new ReportOptions { Title = "a < b & \"c\"" });

        page.Should().Contain("no &lt;b&gt;&amp;&lt;/b&gt;").And.NotContain("no <b>").And.Contain("<title>a &lt; b &amp; &quot;c&quot;</title>");
    }

    [TestMethod]
    public void Create_WithoutData_ShowsTheTrainingAlone()
    {
        string page = TrainingReport.Create(Models.Fit(s_ml, "Regression", s_rows).Model);

        page.Should().Contain("<section id=\"training\"").And.Contain("<section id=\"options\"").And.NotContain("<section id=\"residuals\"").And.NotContain("<section id=\"metrics\"");
        page.Should().NotContain("<section id=\"layers\"", "nobody asked for statistics of layers");
    }

    [TestMethod]
    public void Create_Layers_AreChartsAndATable()
    {
        var (model, _) = Models.Fit(s_ml, "Layers", s_rows);
        var history = model.TrainingHistory();

        string page = TrainingReport.Create(model);

        page.Should().Contain("<section id=\"layers\"").And.Contain("<figcaption>Update ratio</figcaption>").And.Contain("<figcaption>Gradient norm</figcaption>").And.Contain("<figcaption>Weight norm</figcaption>")
            .And.Contain("About 0.001 is healthy while it learns. The first 6 and the last 6 layers.").And.Contain("\"name\":\"healthy\"").And.NotContain("<figcaption>Saturated units</figcaption>");
        foreach (var layer in history.Epochs[history.BestEpoch - 1].Layers!)
            page.Should().Contain($"<tr><th scope=\"row\">{layer.Name}</th><td>{Markup.Numbers.Short(layer.GradientNorm)}</td><td>{Markup.Numbers.Short(layer.WeightNorm)}</td><td>{Markup.Numbers.Short(layer.UpdateRatio)}</td>");
    }

    [TestMethod]
    public void Create_DeadAndSaturatedUnits_AreSeen()
    {
        string page = TrainingReport.Create(Models.Fit(s_ml, "Dead units", s_rows).Model);

        page.Should().Contain(", of the first network of the ensemble").And.Contain("<figcaption>Dead units</figcaption>").And.Contain("<figcaption>Saturated units</figcaption>")
            .And.NotContain("No unit of an activation was dead").And.MatchRegex("relu</th><td>–</td>.*<td>100.0 %</td><td>–</td></tr>").And.MatchRegex("tanh</th><td>–</td>.*<td>–</td><td>100.0 %</td></tr>");
    }

    [TestMethod]
    public void Create_Options_ThoseThatDifferComeFirst()
    {
        string page = TrainingReport.Create(Models.Fit(s_ml, "Regression", s_rows).Model);

        page.IndexOf("HiddenLayers</th><td>[16]", StringComparison.Ordinal).Should().BePositive().And.BeLessThan(page.IndexOf("DropoutRate</th>", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Create_Importance_TellsWhatMattersAndHow()
    {
        var chain = s_ml.Transforms.Concatenate("Features", "Slope", "Noise").Append(s_ml.Regression.Trainers.DeepMlp(new MLExtensions.Trainers.DeepMlpOptions
        {
            LabelColumnName = "Value",
            Seed = 1,
            NumberOfEpochs = 30,
        }));
        var random = new Random(1);
        var rows = s_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ => (Slope: random.NextSingle(), Noise: random.NextSingle())).Select(x => new Columns { Slope = x.Slope, Noise = x.Noise, Value = 5 * x.Slope }).ToList());
        var model = chain.Fit(rows);

        string page = TrainingReport.Create(model, rows);

        page.IndexOf("<th scope=\"row\">Slope</th>", StringComparison.Ordinal).Should().BePositive().And.BeLessThan(page.IndexOf("<th scope=\"row\">Noise</th>", StringComparison.Ordinal));
        page.Should().Contain("permuted among them, 5 times").And.Contain("<figcaption>Slope</figcaption>").And.NotContain("<figcaption>Noise</figcaption>");
        TrainingReport.Create(model, rows, new ReportOptions { ImportanceRepeats = 0 }).Should().NotContain("id=\"importance\"");
        TrainingReport.Create(model, rows, new ReportOptions { ImportanceRows = 50, ImportanceRepeats = 3 }).Should().Contain("on 50 rows rises").And.Contain("permuted among them, 3 times");
        TrainingReport.Create(model, rows, new ReportOptions { ImportanceTimeLimit = TimeSpan.Zero }).Should().Contain("permuted among them, 2 times");
    }

    [TestMethod]
    public void Create_LearningRates_AreShownWithTheirSuggestion()
    {
        var curve = s_ml.Regression.Trainers.DeepMlp(new MLExtensions.Trainers.DeepMlpOptions { LabelColumnName = "Value", Seed = 1, HiddenLayers = [16] }).FindLearningRate(s_rows);

        string page = TrainingReport.Create(Models.Fit(s_ml, "Regression", s_rows).Model, options: new ReportOptions { LearningRates = curve });

        page.Should().Contain("<section id=\"learning-rates\"").And.Contain($"suggests a rate of {curve.Suggestion:G2}").And.Contain("\"logarithmicX\":true");
    }

    [TestMethod]
    public void Create_Search_IsShownWithItsTrialsImportanceAndParallelAxes()
    {
        var result = Models.Search(s_ml, s_rows);

        string page = TrainingReport.Create(result.Model, options: new ReportOptions { Search = result.Leaderboard });

        page.Should().Contain("<section id=\"search\"").And.Contain("12 trials, ").And.Contain("Lower RMSE is better").And.Contain("<td>as given</td>");
        page.Should().Contain("<figcaption>Importance of each option</figcaption>").And.Contain("\"kind\":\"Parallel\"").And.Contain("\"categories\":[\"LearningRate\",\"Activation\",\"RMSE\"]");
        TrainingReport.Create(result.Model).Should().NotContain("id=\"search\"");
    }

    [TestMethod]
    public void Create_Diagnosis_IsShownWithItsRangeTest()
    {
        var options = new MLExtensions.Trainers.DeepMlpOptions { LabelColumnName = "Value", Seed = 1, HiddenLayers = [16], NumberOfEpochs = 10, BiasStart = -20, Activation = MLExtensions.Networks.Activation.Sigmoid };
        var diagnosis = s_ml.Regression.Trainers.DeepMlp(options).Diagnose(s_rows);

        string page = TrainingReport.Create(Models.Fit(s_ml, "Regression", s_rows).Model, options: new ReportOptions { Diagnosis = diagnosis });

        page.Should().Contain("<section id=\"diagnosis\"").And.Contain("<h3>SaturatedUnits (warning)</h3>").And.Contain("<th scope=\"row\">initial loss</th>").And.Contain("<section id=\"learning-rates\"");
    }

    [TestMethod]
    public void Create_DiagnosisWithoutFindings_SaysSo() =>
        TrainingReport.Create(Models.Fit(s_ml, "Regression", s_rows).Model, options: new ReportOptions { Diagnosis = new MLExtensions.Networks.TrainingDiagnosis([], [], null, null) })
            .Should().Contain("Nothing suspicious was found").And.NotContain("id=\"learning-rates\"");

    [TestMethod]
    public void Create_OptionsOutOfRange_AreRefused()
    {
        var model = Models.Fit(s_ml, "Regression", s_rows).Model;
        foreach (var options in new[] { new ReportOptions { MaximumPoints = 1 }, new ReportOptions { ImportanceRepeats = 1 }, new ReportOptions { ImportanceRepeats = -1 }, new ReportOptions { ImportanceRows = 0 } })
            FluentActions.Invoking(() => TrainingReport.Create(model, s_rows, options)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [TestMethod]
    public void Create_Ensemble_TellsOfEachMember()
    {
        string page = TrainingReport.Create(Models.Fit(s_ml, "Ensemble", s_rows).Model);

        page.Should().Contain("An ensemble of 3 networks").And.Contain("<th scope=\"row\">3</th>");
    }

    [TestMethod]
    public void Create_MaximumPoints_DrawsNoMore()
    {
        var model = Models.Fit(s_ml, "Regression", s_rows).Model;

        TrainingReport.Create(model, s_rows).Should().Contain("300 of 300 rows are drawn as points");
        TrainingReport.Create(model, s_rows, new ReportOptions { MaximumPoints = 50 }).Should().Contain("50 of 300 rows are drawn as points");
    }

    [TestMethod]
    public void Create_Metrics_AreThoseOfMicrosoftML()
    {
        var (model, label) = Models.Fit(s_ml, "Binary", s_rows);
        var metrics = s_ml.BinaryClassification.Evaluate(model.Transform(s_rows), label);

        TrainingReport.Create(model, s_rows).Should().Contain($"Area under ROC curve</th><td>{Markup.Numbers.Short(metrics.AreaUnderRocCurve)}<").And.Contain($"Accuracy</th><td>{Markup.Numbers.Short(metrics.Accuracy)}<")
            .And.Contain($"yes (area {Markup.Numbers.Short(metrics.AreaUnderRocCurve)})");
    }

    [TestMethod]
    public void Create_WithoutNetwork_IsRefused()
    {
        var model = s_ml.Transforms.CopyColumns("A", "Value").Fit(s_rows);

        Action create = () => TrainingReport.Create(model);

        create.Should().Throw<InvalidOperationException>().WithMessage("There is no network of a deep MLP trainer in the model, which is ColumnCopyingTransformer*");
    }

    [TestMethod]
    public void Create_TwoNetworks_AreRefused()
    {
        var first = Models.Fit(s_ml, "Regression", s_rows).Model;
        var second = Models.Fit(s_ml, "Binary", s_rows).Model;

        Action create = () => TrainingReport.Create(new Microsoft.ML.Data.TransformerChain<ITransformer>(first, second));

        create.Should().Throw<InvalidOperationException>().WithMessage("There are 2 networks in the model: *");
    }

    [TestMethod]
    public void Create_WithoutLabel_SaysWhatColumnsThereAre()
    {
        var model = Models.Fit(s_ml, "Regression", s_rows).Model;

        Action create = () => TrainingReport.Create(model, s_rows, new ReportOptions { LabelColumnName = "Price" });

        create.Should().Throw<ArgumentException>().WithMessage("The data has no column 'Price' to compare scores with; it has Features, Value, *ReportOptions.LabelColumnName*");
    }

    [TestMethod]
    public void Create_LabelOfText_IsRefused()
    {
        var model = Models.Fit(s_ml, "Regression", s_rows).Model;

        Action create = () => TrainingReport.Create(model, s_rows, new ReportOptions { LabelColumnName = "Place" });

        create.Should().Throw<ArgumentException>().WithMessage("Column 'Place' is String: expected numbers, Booleans or keys.*");
    }

    [TestMethod]
    public void Save_FolderThatIsNot_LeavesNothingAndThrows()
    {
        using var folder = new TestFolder();
        var model = Models.Fit(s_ml, "Regression", s_rows).Model;

        Action save = () => TrainingReport.Save(folder.File("none/report.html"), model);

        save.Should().Throw<IOException>();
    }

    [TestMethod]
    public void Save_FileThatIsThere_IsReplaced()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("report.html"), "old");

        TrainingReport.Save(folder.File("report.html"), Models.Fit(s_ml, "Regression", s_rows).Model);

        File.ReadAllText(folder.File("report.html")).Should().StartWith("<!DOCTYPE html>");
        Directory.GetFiles(Path.GetDirectoryName(folder.File("report.html"))!).Should().ContainSingle();
    }

    private sealed class Columns
    {
        public float Slope { get; set; }

        public float Noise { get; set; }

        public float Value { get; set; }
    }
}
