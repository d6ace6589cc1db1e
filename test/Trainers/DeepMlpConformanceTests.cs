using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class DeepMlpConformanceTests
{
    [TestMethod]
    [DataRow("Truth", null)]
    [DataRow("TruthKey", null)]
    [DataRow("ZeroOrOne", null)]
    [DataRow("Truth", "Weight")]
    public void Binary_AnyLabel_Conforms(string label, string? weight) =>
        Conformance(ml => ml.BinaryClassification.Trainers.DeepMlp(Options(label, weight))).CheckAll();

    [TestMethod]
    [DataRow("Class", null)]
    [DataRow("TruthKey", null)]
    [DataRow("Class", "Weight")]
    public void Multiclass_AnyLabel_Conforms(string label, string? weight) =>
        Conformance(ml => ml.MulticlassClassification.Trainers.DeepMlp(Options(label, weight))).CheckAll();

    [TestMethod]
    [DataRow("Value", null)]
    [DataRow("Values", null)]
    [DataRow("Values", "Weight")]
    public void Regression_AnyLabel_Conforms(string label, string? weight) =>
        Conformance(ml => ml.Regression.Trainers.DeepMlp(Options(label, weight))).CheckAll();

    [TestMethod]
    public void Regression_Quantiles_Conforms() =>
        Conformance(ml => ml.Regression.Trainers.DeepMlp(Options("Value", "Weight") with { Loss = new QuantileLoss(0.1f, 0.9f) })).CheckAll();

    private static DeepMlpOptions Options(string label, string? weight) => Trainer.Quick with
    {
        LabelColumnName = label,
        ExampleWeightColumnName = weight,
        HiddenLayers = [5, 4],
        Normalization = Normalization.Batch,
        DropoutRate = 0.2f,
        NumberOfEpochs = 2,
    };

    private static EstimatorConformance<TTransformer> Conformance<TTransformer>(Func<MLContext, IEstimator<TTransformer>> create)
        where TTransformer : class, ITransformer =>
        new(create, ml => Examples.Load(ml, 40), "Features");
}
