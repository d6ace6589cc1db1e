using MLExtensions.Networks.Diagnosis;
using MLExtensions.Networks.Evaluation;
using MLExtensions.Networks.Rows;
using MLExtensions.Networks.Training;

namespace MLExtensions.Networks.Tests.Diagnosis;

/// <summary>What the best prediction for all rows costs is measured once, however many findings ask.</summary>
[TestClass]
public sealed class ConstantPredictionTests
{
    private const int ValidationRows = 20;

    [TestMethod]
    public void Tell_AfterATraining_MeasuresTheConstantPredictionOnce()
    {
        var problem = new TestProblem(Loss.SquaredError, rows: 60, inputs: 2, outputs: 1, TestProblem.Mlp(2, [3], 1, Activation.Relu));
        var evaluator = new CountingEvaluator(problem.Data);
        var split = new RowSplit(problem.AllRows[ValidationRows..], problem.AllRows[..ValidationRows]);
        var plan = new TrainingPlan(new MlpOptions { DropoutRate = 0 }, problem.Network, problem.Data, split, evaluator, Seed: 1);
        var history = new TrainingHistory([new EpochReport(1, 0.001, 1000, 1000, 0.1f, 0, true)], 1, StopReason.AllEpochs, evaluator.MetricName, 40, ValidationRows, 1, "none");
        var messages = new List<string>();

        Findings.Tell(new DiagnosedTraining(problem.Data, plan, LossTasks.Regression, _ => "", _ => "") { History = history }, messages.Add);

        messages.Should().HaveCount(2, "two findings compare with it");
        evaluator.Measured.Should().Be(ValidationRows);
    }

    private sealed class CountingEvaluator(DataBlock data)
        : ValidationEvaluator(Loss.SquaredError, data, data.Targets, data.Weights, outputs: 1, ValidationMetric.RootMeanSquaredError)
    {
        public int Measured { get; private set; }

        protected override void ToScores(Span<float> outputs) => Measured++;
    }
}
