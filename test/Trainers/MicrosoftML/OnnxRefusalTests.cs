using Microsoft.ML;
using MLExtensions.Transforms;

namespace MLExtensions.Trainers.Tests.MicrosoftML;

/// <summary>
/// ML.NET's ConvertToOnnx leaves out what has no ONNX form, and all before it, and gives a graph without: a pipeline with such a component of
/// ours must fail instead, and say by which.
/// </summary>
[TestClass]
public sealed class OnnxRefusalTests
{
    private static readonly Dictionary<string, Func<MLContext, IEstimator<ITransformer>>> s_components = new()
    {
        ["QuantileScalingTransformer"] = ml => ml.Transforms.ScaleQuantile("Scaled", "Features"),
        ["InverseScalingTransformer"] = _ => new Inverse(),
        ["FeatureContributionTransformer"] = ml => ml.Transforms.CalculateFeatureContribution(ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression)).Fit(Examples.Load(ml))),
        ["DeepMlpTransformer<DeepMlpRegressionModelParameters>"] = ml => ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression) with { PredictionInterval = new() { Coverage = 0.7 } }),
    };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Components => s_components.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Components))]
    public void ConvertToOnnx_ComponentAlone_FailsAndNamesIt(string name)
    {
        var data = Load();

        Refused(s_components[name](_ml).Fit(data), data).Message.Should().StartWith($"{name}, which makes '");
    }

    [TestMethod]
    [DynamicData(nameof(Components))]
    public void ConvertToOnnx_ComponentWithinAChain_FailsAndNamesIt(string name)
    {
        var data = Load();
        var chain = _ml.Transforms.NormalizeMinMax("Features").Append(s_components[name](_ml)).Append(_ml.Transforms.NormalizeMinMax("Again", "Features"))
            .Append(_ml.Transforms.Concatenate("Both", "Features", "Again"));

        Refused(chain.Fit(data), data).Message.Should().StartWith($"{name}, which makes '");
    }

    [TestMethod]
    [DynamicData(nameof(Components))]
    public void ConvertToOnnx_ComponentAtTheEndOfALoadedChain_FailsAndNamesIt(string name)
    {
        var data = Load();
        var chain = _ml.Transforms.NormalizeMinMax("Features").Append(s_components[name](_ml)).Fit(data);
        using var archive = new MemoryStream();
        _ml.Model.Save(chain, data.Schema, archive);

        var loaded = new MLContext().Model.Load(archive, out _);

        Refused(loaded, data).Message.Should().StartWith($"{name}, which makes '");
    }

    [TestMethod]
    public void ConvertToOnnx_Refused_SaysWhatToDo()
    {
        var data = Load();
        var model = _ml.Transforms.ScaleQuantile("Scaled", "Features").Append(Trainer.Of(LearningTask.Binary, _ml, Trainer.QuickFor(LearningTask.Binary))).Fit(data);

        Refused(model, data).Message.Should().Be("QuantileScalingTransformer, which makes 'Scaled', " +
            "cannot be exported to ONNX: its function has no form in ONNX. Export a pipeline without it, or save this one with ml.Model.Save.");
    }

    [TestMethod]
    public void ConvertToOnnx_ChainOfMicrosoftMLAlone_Works()
    {
        var data = _ml.Data.LoadFromEnumerable(Examples.Rows());
        using var stream = new MemoryStream();

        _ml.Model.ConvertToOnnx(_ml.Transforms.NormalizeMinMax("Features").Fit(data), data, stream);

        stream.Length.Should().BePositive();
    }

    private static Exception Refused(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();

        Action convert = () => new MLContext().Model.ConvertToOnnx(model, data, stream);

        var refusal = convert.Should().Throw<NotSupportedException>().Which;
        stream.Length.Should().Be(0);
        return refusal;
    }

    private IDataView Load() => Examples.Load(_ml);

    /// <summary>The inverse of a scaler, whose own views are not in its chain.</summary>
    private sealed class Inverse : IEstimator<ITransformer>
    {
        private readonly QuantileScalingEstimator _scaler = new MLContext().Transforms.ScaleQuantile("Features");

        public ITransformer Fit(IDataView input) => _scaler.Fit(input).Inverse();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _scaler.GetOutputSchema(inputSchema);
    }
}
