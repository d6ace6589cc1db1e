using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Models;
using MLExtensions.Transforms;

namespace MLExtensions.Trainers.Tests.MicrosoftML;

/// <summary>
/// ML.NET's ConvertToOnnx leaves out what has no ONNX form, and all before it, and gives a graph without: a pipeline with a component of
/// ours must fail instead, and say by which.
/// </summary>
[TestClass]
public sealed class OnnxRefusalTests
{
    private static readonly Dictionary<string, Func<MLContext, IEstimator<ITransformer>>> s_components = new()
    {
        ["StandardScalingTransformer"] = ml => ml.Transforms.ScaleStandard("Scaled", "Features"),
        ["MinMaxScalingTransformer"] = ml => ml.Transforms.ScaleMinMax("Scaled", "Features"),
        ["MaxAbsScalingTransformer"] = ml => ml.Transforms.ScaleMaxAbs("Scaled", "Features"),
        ["RobustScalingTransformer"] = ml => ml.Transforms.ScaleRobust("Scaled", "Features"),
        ["QuantileScalingTransformer"] = ml => ml.Transforms.ScaleQuantile("Scaled", "Features"),
        ["PowerScalingTransformer"] = ml => ml.Transforms.ScalePower("Scaled", "Features"),
        ["WhiteningTransformer"] = ml => ml.Transforms.WhitenPrincipalComponents("Scaled", "Features"),
        ["TableEncodingTransformer"] = ml => ml.Transforms.EncodeTable("Scaled", "Features"),
        ["InverseScalingTransformer"] = _ => new Inverse(),
        ["FeatureContributionTransformer"] = ml => ml.Transforms.CalculateFeatureContribution(ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression)).Fit(Examples.Load(ml))),
        ["DeepMlpTransformer<DeepMlpBinaryModelParameters>"] = ml => ml.BinaryClassification.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Binary)),
        ["DeepMlpTransformer<DeepMlpMulticlassModelParameters>"] = ml => ml.MulticlassClassification.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Multiclass)),
        ["DeepMlpTransformer<DeepMlpRegressionModelParameters>"] = ml => ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression)),
        ["DeepMlpTransformer<DeepMlpMultilabelModelParameters>"] = ml => ml.MultilabelClassification.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Many" }),
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
        var model = _ml.Transforms.ScaleStandard("Scaled", "Features").Append(Trainer.Of(LearningTask.Binary, _ml, Trainer.QuickFor(LearningTask.Binary))).Fit(data);

        Refused(model, data).Message.Should().Be("DeepMlpTransformer<DeepMlpBinaryModelParameters>, which makes 'Score', 'Probability', 'PredictedLabel', " +
            "cannot be exported to ONNX yet; export a pipeline without it, or save this one with ml.Model.Save.");
    }

    [TestMethod]
    public void ConvertToOnnx_ChainOfMicrosoftMLAlone_Works()
    {
        var data = _ml.Data.LoadFromEnumerable(Examples.Rows());
        using var stream = new MemoryStream();

        _ml.Model.ConvertToOnnx(_ml.Transforms.NormalizeMinMax("Features").Fit(data), data, stream);

        stream.Length.Should().BePositive();
    }

    [TestMethod]
    public void Components_OfOurs_AreAllTried()
    {
        var types = new[] { typeof(ScalingTransformer), typeof(DeepMlpModelParameters) }.SelectMany(type => type.Assembly.GetTypes()).Where(type => !type.IsAbstract);
        // Out-of-fold predictions are a view of rows that have been, and stand in no chain.
        var scalers = types.Where(type => type.IsSubclassOf(typeof(RowToRowTransformer)) && !type.IsGenericType && type != typeof(OutOfFoldTransformer)).Select(type => type.Name);
        var models = types.Where(type => type.IsSubclassOf(typeof(DeepMlpModelParameters))).Select(type => $"DeepMlpTransformer<{type.Name}>");

        s_components.Keys.Should().BeEquivalentTo(scalers.Concat(models));
    }

    private static Exception Refused(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();

        Action convert = () => new MLContext().Model.ConvertToOnnx(model, data, stream);

        var refusal = convert.Should().Throw<NotSupportedException>().Which;
        stream.Length.Should().Be(0);
        return refusal;
    }

    private IDataView Load() => _ml.Transforms.CustomMapping<OfTruth, OfMany>((row, labels) => labels.Many = [row.ZeroOrOne, 1 - row.ZeroOrOne], null)
        .Fit(Examples.Load(_ml)).Transform(Examples.Load(_ml));

    private sealed class OfTruth
    {
        public float ZeroOrOne { get; set; }
    }

    private sealed class OfMany
    {
        [VectorType(2)]
        public float[] Many { get; set; } = [];
    }

    /// <summary>The inverse of a scaler, whose own views are not in its chain.</summary>
    private sealed class Inverse : IEstimator<ITransformer>
    {
        private readonly StandardScalingEstimator _scaler = new MLContext().Transforms.ScaleStandard("Features");

        public ITransformer Fit(IDataView input) => _scaler.Fit(input).Inverse();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _scaler.GetOutputSchema(inputSchema);
    }
}
