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
    [DataRow("MLExtInverseScaling", "Tensors.safetensors")]
    [DataRow("MLExtInverseScaling", "Description.json")]
    public void Load_EveryTenthByteFlipped_RefusesTheEntryByName(string component, string end)
    {
        var data = ScalerData.Load(_ml);
        ITransformer model = component switch
        {
            "MLExtStandardScaling" => _ml.Transforms.ScaleStandard("Features").Fit(data),
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

    private static string RefusalOf(byte[] archive)
    {
        Action load = () => SavedModels.FromBytes(archive);

        return load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<FormatException>().Which.Message;
    }

    private static IEnumerable<(string, string)> Names(ScalingTransformer transformer) =>
        transformer.Columns.Select(pair => (pair.OutputColumnName, pair.InputColumnName));
}
