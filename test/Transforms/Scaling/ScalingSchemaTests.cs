using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class ScalingSchemaTests
{
    private const string Accepted = "Single, Double, or a vector of known size of either";

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("Name", "String", "String")]
    [DataRow("Number", "Int32", "Int32")]
    [DataRow("Ragged", "Vector<Single> of unknown size", "Vector<Single> of unknown size")]
    public void Fit_ColumnOfAnotherType_IsRefusedBeforeDataAreRead(string name, string type, string shape)
    {
        var counted = new CountingView(ScalerData.Load(_ml));
        var estimator = _ml.Transforms.ScaleMinMax([new("Single"), new("Scaled", name)]);

        Action fit = () => estimator.Fit(counted);
        Action propagate = () => estimator.GetOutputSchema(Shapes.Of(counted));

        fit.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"Schema mismatch for input column '{name}': expected {Accepted}, got {type}.*");
        propagate.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"Schema mismatch for input column '{name}': expected {Accepted}, got {shape}.*");
        counted.Requests.Should().BeEmpty();
    }

    [TestMethod]
    public void Fit_KeyColumn_IsRefused()
    {
        var data = _ml.Transforms.Conversion.MapValueToKey("Name").Fit(ScalerData.Load(_ml)).Transform(ScalerData.Load(_ml));
        var estimator = _ml.Transforms.ScaleStandard("Name");

        Action fit = () => estimator.Fit(data);
        Action propagate = () => estimator.GetOutputSchema(Shapes.Of(data));

        fit.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"Schema mismatch for input column 'Name': expected {Accepted}, got Key<UInt32*");
        propagate.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"Schema mismatch for input column 'Name': expected {Accepted}, got Key<UInt32>.*");
    }

    [TestMethod]
    [DataRow("Number", "got Int32. Convert it with Conversion.ConvertType(..., outputKind: DataKind.Single).")]
    [DataRow("Name", "got String. Make numbers of text that has them with Conversion.ConvertType(..., outputKind: DataKind.Single), and of categories with Categorical.OneHotEncoding, which need no scaling.")]
    [DataRow("Flag", "got Boolean. True and false need no scaling: convert them with Conversion.ConvertType(..., outputKind: DataKind.Single) alone.")]
    [DataRow("Key", "got Key<*>. Make numbers of keys with Conversion.MapKeyToVector, which need no scaling, or get numbers back with Conversion.MapKeyToValue.")]
    [DataRow("Ragged", "got Vector<Single> of unknown size. Tell its size: [VectorType(n)] on the property, or SchemaDefinition.Create(...)[name].ColumnType = new VectorDataViewType(NumberDataViewType.Single, n).")]
    public void Fit_ColumnOfAnotherType_SaysWhatToDo(string name, string message)
    {
        var data = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Append(_ml.Transforms.Conversion.ConvertType("Flag", "Number", DataKind.Boolean))
            .Fit(ScalerData.Load(_ml)).Transform(ScalerData.Load(_ml));

        foreach (var scaler in new IEstimator<ITransformer>[] { _ml.Transforms.ScaleStandard(name), _ml.Transforms.WhitenPrincipalComponents(name) })
        {
            Action fit = () => scaler.Fit(data);
            Action propagate = () => scaler.GetOutputSchema(Shapes.Of(data));

            fit.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"Schema mismatch for input column '{name}': expected *, {message} (Parameter*");
            propagate.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"Schema mismatch for input column '{name}': expected *, {message} (Parameter*");
        }
    }

    [TestMethod]
    public void Fit_WhiteningOfANumber_SaysWhatToDo()
    {
        Action fit = () => _ml.Transforms.WhitenPrincipalComponents("Single").Fit(ScalerData.Load(_ml));

        fit.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*got Single. Make a vector of several columns with Concatenate, or scale one with ScaleStandard.*");
    }

    [TestMethod]
    public void FitAndTransform_ColumnWithCategories_AreRefused()
    {
        var schema = SchemaDefinition.Create(typeof(Pair));
        schema["Values"].AddAnnotation(CategoryCounts.Kind, new VBuffer<int>(2, [0, 3]), new VectorDataViewType(NumberDataViewType.Int32, 2));
        Pair[] rows = [new() { Values = [0.5f, 2] }, new() { Values = [1.5f, 0] }];
        var categories = _ml.Data.LoadFromEnumerable(rows, schema);
        var numbers = _ml.Data.LoadFromEnumerable(rows);
        const string Message = "Schema mismatch for input column 'Values': expected numbers, got the index of a category in slot 1. " +
            "Scale the numbers before categories are put beside them.*";

        foreach (IEstimator<ITransformer> scaler in new IEstimator<ITransformer>[]
        {
            _ml.Transforms.ScaleStandard("Values"), _ml.Transforms.ScaleMinMax("Values"), _ml.Transforms.ScaleQuantile("Values"), _ml.Transforms.WhitenPrincipalComponents("Values"),
        })
        {
            Action fit = () => scaler.Fit(categories);
            Action transform = () => scaler.Fit(numbers).Transform(categories);

            fit.Should().Throw<ArgumentOutOfRangeException>().WithMessage(Message);
            transform.Should().Throw<ArgumentOutOfRangeException>().WithMessage(Message);
        }
    }

    private sealed class Pair
    {
        [VectorType(2)]
        public float[] Values { get; set; } = [];
    }

    [TestMethod]
    public void Transform_ColumnOfAnotherTypeThanFitted_SaysWhichWasFitted()
    {
        var data = ScalerData.Load(_ml);
        var other = _ml.Transforms.CopyColumns("Features", "Doubles").Append(_ml.Transforms.CopyColumns("Single", "Double")).Fit(data).Transform(data);

        Action vector = () => _ml.Transforms.ScaleStandard("Features").Fit(data).Transform(other);
        Action scalar = () => _ml.Transforms.ScaleStandard("Single").Fit(data).Transform(other);

        vector.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Schema mismatch for input column 'Features': expected Vector<Single, 3>, got Vector<Double, 2>.*");
        scalar.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Schema mismatch for input column 'Single': expected Single, got Double.*");
    }

    [TestMethod]
    public void Transform_ColumnWithSlotNames_CarriesThemAndSaysItIsNormalized()
    {
        var data = _ml.Transforms.Concatenate("Named", "Single", "Features").Fit(ScalerData.Load(_ml)).Transform(ScalerData.Load(_ml));
        var estimator = _ml.Transforms.ScaleMinMax("Scaled", "Named");
        var transformer = estimator.Fit(data);

        var scaled = transformer.Transform(data).Schema["Scaled"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        scaled.GetSlotNames(ref names);

        names.DenseValues().Select(name => name.ToString()).Should().Equal("Single", "", "", "");
        scaled.IsNormalized().Should().BeTrue();
        data.Schema["Named"].IsNormalized().Should().BeFalse();
        transformer.Inverse().Transform(transformer.Transform(data)).Schema["Scaled"].IsNormalized().Should().BeFalse();
        new EstimatorConformance<MinMaxScalingTransformer>(_ => estimator, _ => data, "Named").CheckAll();
    }

    [TestMethod]
    public void Transform_SeveralColumns_KeepsTheirTypes()
    {
        var data = ScalerData.Load(_ml);

        var schema = _ml.Transforms.ScaleStandard([new("a", "Single"), new("b", "Double"), new("c", "Features"), new("d", "Doubles")]).Fit(data).Transform(data).Schema;

        new[] { "a", "b", "c", "d" }.Select(name => schema[name].Type.ToString()).Should().Equal("Single", "Double", "Vector<Single, 3>", "Vector<Double, 2>");
    }

    [TestMethod]
    public void Fit_SeveralColumns_ReadsThemOnceTogether()
    {
        var counted = new CountingView(ScalerData.Load(_ml));

        _ml.Transforms.ScaleStandard([new("a", "Single"), new("b", "Double"), new("c", "Single")]).Fit(counted);

        counted.Requests.Should().ContainSingle().Which.Should().Equal("Double", "Single");
    }

    [TestMethod]
    public void GetOutputSchema_OutputThatReplacesAColumn_KeepsOneOfThatName()
    {
        var shape = _ml.Transforms.ScaleStandard([new("Name", "Single")]).GetOutputSchema(Shapes.Of(ScalerData.Load(_ml)));

        var column = shape.Should().ContainSingle(column => column.Name == "Name").Which;
        (column.ItemType, column.Kind).Should().Be((NumberDataViewType.Single, SchemaShape.Column.VectorKind.Scalar));
    }
}
