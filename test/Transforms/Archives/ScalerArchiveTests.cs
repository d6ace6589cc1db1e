using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class ScalerArchiveTests
{
    private static readonly InputOutputColumnPair[] s_columns =
        [new("Single"), new("ScaledDouble", "Double"), new("Features"), new("ScaledDoubles", "Doubles"), new("\"Größe\"/价格", "Single")];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void StandardScaling_Loaded_HasItsParameters()
    {
        var data = ScalerData.Load(_ml);
        var transformer = _ml.Transforms.ScaleStandard(s_columns, center: false, degreesOfFreedom: 1).Fit(data);

        var loaded = SavedModels.ThroughFile(transformer, data.Schema).Should().BeOfType<StandardScalingTransformer>().Which;

        Names(loaded).Should().Equal(Names(transformer));
        foreach (var pair in s_columns)
        {
            var (actual, expected) = (loaded.GetParameters(pair.OutputColumnName), transformer.GetParameters(pair.OutputColumnName));
            actual.Means.Should().Equal(expected.Means);
            actual.StandardDeviations.Should().Equal(expected.StandardDeviations);
            actual.Divisors.Should().Equal(expected.Divisors);
        }
        RowTexts.Of(loaded.Inverse().Transform(loaded.Transform(data))).Should().Equal(RowTexts.Of(transformer.Inverse().Transform(transformer.Transform(data))));
    }

    [TestMethod]
    public void MinMaxScaling_Loaded_HasItsParameters()
    {
        var data = ScalerData.Load(_ml);
        var transformer = _ml.Transforms.ScaleMinMax(s_columns, minimum: -1, maximum: 0.5, clip: true).Fit(data);
        var unseen = _ml.Data.LoadFromEnumerable([new ScalerRow { Single = 1000, Double = -1000, Features = [1000, 1000, 1000], Doubles = [-1000, -1000] }]);

        var loaded = SavedModels.ThroughFile(transformer, data.Schema).Should().BeOfType<MinMaxScalingTransformer>().Which;

        Names(loaded).Should().Equal(Names(transformer));
        foreach (var pair in s_columns)
        {
            var (actual, expected) = (loaded.GetParameters(pair.OutputColumnName), transformer.GetParameters(pair.OutputColumnName));
            actual.Minima.Should().Equal(expected.Minima);
            actual.Maxima.Should().Equal(expected.Maxima);
            actual.Divisors.Should().Equal(expected.Divisors);
        }
        RowTexts.Of(loaded.Transform(unseen)).Should().Equal(RowTexts.Of(transformer.Transform(unseen)));
    }

    [TestMethod]
    public void OtherScalers_Loaded_HaveTheirParametersAndGiveTheSameBits()
    {
        var data = ScalerData.Load(_ml);
        ShouldLoadTheSame(_ml.Transforms.ScaleMaxAbs(s_columns).Fit(data), loaded => loaded.GetParameters("Features"));
        ShouldLoadTheSame(_ml.Transforms.ScaleRobust(s_columns, lowerQuantile: 0.1, unitVariance: true).Fit(data), loaded => loaded.GetParameters("Features"));
        ShouldLoadTheSame(_ml.Transforms.ScaleRobust(s_columns, center: false, smoothClipLimit: 2).Fit(data), loaded => loaded.GetParameters("Features"));
        ShouldLoadTheSame(_ml.Transforms.ScaleQuantile(s_columns, numberOfQuantiles: 3).Fit(data), loaded => loaded.GetParameters("Features").Quantiles);
        ShouldLoadTheSame(_ml.Transforms.ScaleQuantile(s_columns, QuantileDistribution.Normal).Fit(data), loaded => loaded.GetParameters("ScaledDoubles").Quantiles);
        ShouldLoadTheSame(_ml.Transforms.ScalePower(s_columns).Fit(data), loaded => loaded.GetParameters("Features"));
        ShouldLoadTheSame(_ml.Transforms.ScalePower("Single", method: PowerMethod.BoxCox, standardize: false).Fit(data), loaded => loaded.GetParameters("Single"));
        ShouldLoadTheSame(_ml.Transforms.WhitenPrincipalComponents("Features", numberOfComponents: 2, epsilon: 0.5).Fit(data), loaded => loaded.GetParameters("Features"));
        ShouldLoadTheSame(_ml.Transforms.WhitenPrincipalComponents("Doubles", method: WhiteningMethod.ZeroPhase).Fit(data), loaded => loaded.GetParameters("Doubles"));
    }

    [TestMethod]
    public void Pipeline_InAnotherProcess_GivesTheSameBits()
    {
        var data = ScalerData.Load(_ml);
        var input = new DataViewSchema.Builder();
        input.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 3));
        input.AddColumn("Double", NumberDataViewType.Double);
        input.AddColumn("Name", TextDataViewType.Instance);
        var standard = _ml.Transforms.ScaleStandard([new("Scaled", "Features"), new("Double")]).Fit(data);
        var model = standard.Append(_ml.Transforms.ScaleMinMax("Features", minimum: -1).Fit(data)).Append(standard.Inverse(new InputOutputColumnPair("Back", "Scaled")));

        OtherProcess.ShouldScoreTheSame(model, input.ToSchema(), ["1,2,3,4,a", "0.1,-7.25,1e-8,1e300,b", "NaN,12345.678,-0.5,NaN,c"]);
    }

    [TestMethod]
    [DataRow("MLExtStandardScaling", "Tensors.safetensors")]
    [DataRow("MLExtStandardScaling", "Description.json")]
    [DataRow("MLExtMinMaxScaling", "Tensors.safetensors")]
    [DataRow("MLExtMinMaxScaling", "Description.json")]
    [DataRow("MLExtMaxAbsScaling", "Tensors.safetensors")]
    [DataRow("MLExtRobustScaling", "Tensors.safetensors")]
    [DataRow("MLExtQuantileScaling", "Tensors.safetensors")]
    [DataRow("MLExtQuantileScaling", "Description.json")]
    [DataRow("MLExtPowerScaling", "Tensors.safetensors")]
    [DataRow("MLExtWhitening", "Tensors.safetensors")]
    [DataRow("MLExtInverseScaling", "Tensors.safetensors")]
    [DataRow("MLExtInverseScaling", "Description.json")]
    public void Load_EveryTenthByteFlipped_RefusesTheEntryByName(string component, string end)
    {
        var data = ScalerData.Load(_ml);
        ITransformer model = component switch
        {
            "MLExtStandardScaling" => _ml.Transforms.ScaleStandard("Features").Fit(data),
            "MLExtMaxAbsScaling" => _ml.Transforms.ScaleMaxAbs("Features").Fit(data),
            "MLExtRobustScaling" => _ml.Transforms.ScaleRobust("Features").Fit(data),
            "MLExtQuantileScaling" => _ml.Transforms.ScaleQuantile("Features").Fit(data),
            "MLExtPowerScaling" => _ml.Transforms.ScalePower("Features").Fit(data),
            "MLExtWhitening" => _ml.Transforms.WhitenPrincipalComponents("Features").Fit(data),
            "MLExtMinMaxScaling" => _ml.Transforms.ScaleMinMax("Features").Fit(data),
            _ => _ml.Transforms.ScaleMinMax("Features").Fit(data).Inverse(),
        };
        var archive = new Archive(SavedModels.ToBytes(model, data.Schema));
        byte[] entry = archive[archive.Find(end)];

        for (int i = 0; i < entry.Length; i += 10)
        {
            byte[] damaged = [.. entry];
            damaged[i] ^= 0x10;
            RefusalOf(archive.With(archive.Find(end), damaged)).Should().Be($"Cannot load model component '{component}': entry '{end}' is refused: its checksum does not match.");
        }
    }

    private void ShouldLoadTheSame<TTransformer>(TTransformer transformer, Func<TTransformer, object> parametersOf)
        where TTransformer : ScalingTransformer
    {
        var data = ScalerData.Load(_ml);
        var unseen = _ml.Data.LoadFromEnumerable([new ScalerRow { Single = 1000, Double = -1000, Features = [0, 1000, 1000], Doubles = [-1000, 0] }]);

        var loaded = SavedModels.ThroughFile(transformer, data.Schema).Should().BeOfType<TTransformer>().Which;
        var inverse = SavedModels.ThroughFile(transformer.Inverse(), transformer.Transform(data).Schema).Should().BeOfType<InverseScalingTransformer>().Which;
        var again = SavedModels.ThroughFile(inverse.Inverse(), null!).Should().BeOfType<InverseScalingTransformer>().Which;

        Names(loaded).Should().Equal(Names(transformer));
        parametersOf(loaded).Should().BeEquivalentTo(parametersOf(transformer), options => options.WithStrictOrdering());
        foreach (var rows in new[] { data, unseen })
        {
            var scaled = transformer.Transform(rows);
            RowTexts.Of(loaded.Transform(rows)).Should().Equal(RowTexts.Of(scaled));
            RowTexts.Of(inverse.Transform(scaled)).Should().Equal(RowTexts.Of(transformer.Inverse().Transform(scaled)));
            RowTexts.Of(again.Transform(inverse.Transform(scaled))).Should().Equal(RowTexts.Of(transformer.Inverse().Inverse().Transform(inverse.Transform(scaled))));
        }
    }

    private static string RefusalOf(byte[] archive)
    {
        Action load = () => SavedModels.FromBytes(archive);

        return load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<FormatException>().Which.Message;
    }

    private static IEnumerable<(string, string)> Names(ScalingTransformer transformer) =>
        transformer.Columns.Select(pair => (pair.OutputColumnName, pair.InputColumnName));
}
