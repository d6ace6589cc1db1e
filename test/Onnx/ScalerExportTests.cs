using Microsoft.ML;
using MLExtensions.Trainers;

namespace MLExtensions.Onnx.Tests;

/// <summary>Scalers as graphs.</summary>
[TestClass]
public sealed class ScalerExportTests
{
    private static readonly Dictionary<string, Func<MLContext, string, string, IEstimator<ITransformer>>> s_scalers = new()
    {
        ["standard"] = (ml, output, input) => ml.Transforms.ScaleStandard(output, input),
        ["min-max"] = (ml, output, input) => ml.Transforms.ScaleMinMax(output, input),
        ["max-abs"] = (ml, output, input) => ml.Transforms.ScaleMaxAbs(output, input),
        ["robust"] = (ml, output, input) => ml.Transforms.ScaleRobust(output, input),
        ["robust, clipped smoothly"] = (ml, output, input) => ml.Transforms.ScaleRobust(output, input, smoothClipLimit: 3),
        ["power"] = (ml, output, input) => ml.Transforms.ScalePower(output, input),
    };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Scalers => s_scalers.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Scalers))]
    public void ConvertToOnnx_Scaler_GivesTheSame(string name)
    {
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());
        var others = _ml.Data.LoadFromEnumerable(Row.Draw(50, seed: 2, missing: true));
        var scaler = s_scalers[name];

        var model = scaler(_ml, "A", "Features").Append(scaler(_ml, "Number", "Number")).Append(scaler(_ml, "B", "Double")).Fit(data);

        Exported.ShouldAgree(_ml, model, others, "A", "Number", "B");
    }

    [TestMethod]
    public void ConvertToOnnx_Whitening_GivesTheSame()
    {
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());
        Exported.ShouldAgree(_ml, _ml.Transforms.WhitenPrincipalComponents("A", "Features").Fit(data), data, "A");
    }

    [TestMethod]
    public void ConvertToOnnx_Inverse_LeadsBack()
    {
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());
        var scaler = _ml.Transforms.ScaleStandard("A", "Features").Fit(data);
        Exported.ShouldAgree(_ml, scaler.Append(scaler.Inverse()), data, "A");
    }

    [TestMethod]
    public void ConvertToOnnx_ChainOfMLNetAndOurs_GivesTheSame()
    {
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());
        var chain = _ml.Transforms.NormalizeMinMax("Features").Append(_ml.Transforms.ScaleStandard("Number"))
            .Append(_ml.Transforms.Concatenate("Both", "Features", "Number"))
            .Append(_ml.BinaryClassification.Trainers.DeepMlp(new DeepMlpOptions { LabelColumnName = "Truth", FeatureColumnName = "Both", NumberOfEpochs = 3 }));

        Exported.ShouldAgree(_ml, chain.Fit(data), data, "Score", "Probability", "PredictedLabel");
    }
}
