using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MLExtensions.Samples.Tests;

/// <summary>Runs every sample and reads its figures: they must be those of a model that has learned.</summary>
[TestClass]
public sealed class SamplesTests
{
    private const string Number = @"([0-9]+\.[0-9]+)";
    private const string MeanOfFolds = "mean +│ " + Number;
    private const string Reasons = "because of ";

    [TestMethod]
    public void Adult_Run_PrintsWhatTheReadmeSaysAndItsModelAnswersTheWebService()
    {
        var run = SampleRun.Of("Adult");

        run.Number($"cross-validation: {Number}").Should().BeGreaterThanOrEqualTo(0.85);
        run.Number($"test file: {Number}").Should().BeGreaterThanOrEqualTo(0.85);
        run.Number($"LightGbm on the same rows: {Number}").Should().BeGreaterThanOrEqualTo(0.87);
        string[] printed = WithoutTrainings(run.Output).Split(Reasons), expected = WithoutTrainings(ReadmeTests.PrintedByTheExample()).Split(Reasons);
        ShouldBeLike(printed[0], expected[0]);
        Regex.Matches(run.Output, @"^Fit (\d): \d+ epochs in .*, best \d+ \(validation [0-9.]+, accuracy [0-9.]+\)\r?$", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value).Should().Equal("1", "2", "3", "4");
        printed.Should().HaveCount(2);
        expected.Should().HaveCount(2);
        foreach (string line in new[] { printed[1], expected[1] })
            line.Trim().Should().MatchRegex(@"^\w+ [+-]\d\.\d, \w+ [+-]\d\.\d, \w+ [+-]\d\.\d$", "which features come second and third may differ from machine to machine");

        using var service = new WebServiceRun(Path.Combine(SampleRun.FolderOf("Adult"), "adult.zip"));
        string answer = service.Post("""{"age": 45, "education": "Doctorate", "maritalStatus": "Married-civ-spouse", "occupation": "?", "hoursPerWeek": 50}""");
        double probability = JsonDocument.Parse(answer).RootElement.GetProperty("probability").GetDouble();
        probability.Should().BeApproximately(run.Number($"probability of >50K {Number}"), 0.0005, "it is the row of the sample, which says nothing of the label either");
        var reasons = JsonDocument.Parse(answer).RootElement.GetProperty("reasons").EnumerateArray().ToList();
        reasons.Should().HaveCount(3);
        reasons.Select(reason => Math.Abs(reason.GetProperty("logit").GetDouble())).Should().BeInDescendingOrder();
        run.Output.Should().Contain($"{Reasons}{reasons[0].GetProperty("feature").GetString()} ", "the reasons are those of the sample");
        service.Post("""{"age": "old"}""").Should().Be("400", "a row that is none is refused");
    }

    [TestMethod]
    public void BreastCancer_Run_LearnsAndPredictsFromTheSavedModel()
    {
        var run = SampleRun.Of("BreastCancer");

        run.Number(MeanOfFolds).Should().BeGreaterThanOrEqualTo(0.965);
        run.Number($"accuracy {Number}   AUC").Should().BeGreaterThanOrEqualTo(0.94);
        run.Output.Should().Contain("is malignant, predicted malignant");
    }

    [TestMethod]
    public void Iris_Run_LearnsAndPredictsFromTheSavedModel()
    {
        var run = SampleRun.Of("Iris");

        run.Number(MeanOfFolds).Should().BeGreaterThanOrEqualTo(0.93);
        run.Output.Should().Contain("Iris-virginica (probability 0.");
    }

    [TestMethod]
    public void CaliforniaHousing_Run_LearnsAndPredictsFromTheSavedModel()
    {
        var run = SampleRun.Of("CaliforniaHousing");

        run.Number($"RMSE {Number}   MAE").Should().BeLessThanOrEqualTo(0.53);
        run.Number(MeanOfFolds).Should().BeLessThanOrEqualTo(0.53);
        run.Number($"predicted {Number}").Should().BeInRange(3, 5.01);
    }

    [TestMethod]
    public void OwnLoss_Run_PredictsTooHighLessOftenAndCoversTheRange()
    {
        var run = SampleRun.Of("Extending", "loss");

        run.Number($"own loss {Number}").Should().BeLessThan(run.Number($"squared error {Number}") - 0.1);
        run.Number($"from 0.05 to 0.95: {Number}").Should().BeInRange(0.85, 0.95);
    }

    [TestMethod]
    public void Quickstart_Run_LearnsAndPredictsFromTheSavedModel()
    {
        var run = SampleRun.Of("Quickstart");

        run.Number($"accuracy in 5-fold cross-validation: {Number}").Should().BeGreaterThanOrEqualTo(0.93);
        run.Output.Should().Contain("Iris-virginica, probability");
    }

    [TestMethod]
    public void OwnSchedule_Run_LearnsAtTheRatesOfTheSchedule()
    {
        var run = SampleRun.Of("Extending", "schedule");

        run.Number($"accuracy on test rows: {Number}").Should().BeGreaterThanOrEqualTo(0.9);
        run.Output.Should().Contain("epoch  8: learning rate 0.2").And.Contain("epoch 12: learning rate 0.0");
    }

    [TestMethod]
    public void OwnActivation_Run_LearnsAndPredictsFromTheSavedModel()
    {
        var run = SampleRun.Of("Extending", "activation");

        run.Number($"accuracy in 5-fold cross-validation {Number}").Should().BeGreaterThanOrEqualTo(0.9);
        run.Output.Should().Contain("the loaded model predicts Iris-virginica");
    }

    [TestMethod]
    public void OwnOptimizer_Run_LearnsWithEveryOptimizer()
    {
        var run = SampleRun.Of("Extending", "optimizer");

        run.Number($"Adam: accuracy {Number}").Should().BeGreaterThanOrEqualTo(0.93);
        run.Number($"L-BFGS: accuracy {Number}").Should().BeGreaterThanOrEqualTo(0.93);
        run.Number($"sign descent: accuracy {Number}").Should().BeGreaterThanOrEqualTo(0.93);
    }

    [TestMethod]
    public void GpuTraining_Run_ReachesTheSameErrorWithBothEngines()
    {
        var run = SampleRun.Of("TorchSharpTraining", "gpu");

        run.Number($"managed, [^:]*: RMSE {Number}").Should().BeLessThanOrEqualTo(0.58);
        run.Number($"TorchSharp, (?:CPU|CUDA device 0): RMSE {Number}").Should().BeLessThanOrEqualTo(0.58);
        run.Number($"RMSE of the loaded model {Number}").Should().BeLessThanOrEqualTo(0.58);
    }

    [TestMethod]
    public void OwnNetwork_Run_LearnsAndPredictsFromTheSavedModel()
    {
        var run = SampleRun.Of("TorchSharpTraining", "network");

        double error = run.Number($"network 'residual': RMSE {Number}");
        error.Should().BeLessThanOrEqualTo(0.6).And.BeLessThan(run.Number($"the linear model's {Number}") - 0.05);
        run.Number($"RMSE of the loaded model {Number}").Should().Be(error);
    }

    // How many epochs there are, and how long they take, depends on the processor.
    private static string WithoutTrainings(string printed) => Regex.Replace(printed.ReplaceLineEndings("\n"), "^Fit .*\n", "", RegexOptions.Multiline);

    // The same text, but for numbers: another processor rounds otherwise.
    private static void ShouldBeLike(string printed, string expected)
    {
        var (got, wanted) = (Regex.Split(printed.ReplaceLineEndings("\n"), Number), Regex.Split(expected, Number));

        got.Should().HaveSameCount(wanted);
        foreach (var (index, text) in wanted.Index())
        {
            if (index % 2 == 0)
                got[index].Should().Be(text);
            else
                double.Parse(got[index], CultureInfo.InvariantCulture).Should().BeApproximately(double.Parse(text, CultureInfo.InvariantCulture), index == wanted.Length - 2 ? 0.05 : 0.005);
        }
    }
}
