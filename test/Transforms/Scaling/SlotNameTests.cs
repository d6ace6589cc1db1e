using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

/// <summary>A scaler knows the slots that it was fitted to by name: in another order each would be scaled as another.</summary>
[TestClass]
public sealed class SlotNameTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Transform_SlotsInAnotherOrder_IsRefused(bool isLoaded)
    {
        var data = Load("a", "b", "c");
        ITransformer[] scalers =
        [
            _ml.Transforms.ScaleStandard("Features").Fit(data), _ml.Transforms.ScaleMinMax("Features").Fit(data),
            _ml.Transforms.ScaleQuantile("Features").Fit(data), _ml.Transforms.WhitenPrincipalComponents("Features").Fit(data),
        ];

        foreach (var scaler in scalers)
        {
            var used = isLoaded ? SavedModels.ThroughStream(scaler, null) : scaler;

            ((Action)(() => used.Transform(Load("b", "a", "c")))).Should().Throw<ArgumentOutOfRangeException>().WithMessage(
                "Schema mismatch for input column 'Features': expected the slots of the scaler, got the same names in another order: 'b' in slot 0 for 'a', 'a' in slot 1 for 'b'. " +
                "Put the slots in the same order, as Concatenate gets its columns. (Parameter 'Features')");
            used.Transform(Load("a", "b", "c")).Should().NotBeNull();
            used.Transform(Load()).Should().NotBeNull();
        }
    }

    [TestMethod]
    public void Inverse_ScaledColumn_IsMappedBack()
    {
        var data = Load("a", "b", "c");
        var scaler = _ml.Transforms.ScaleStandard("Scaled", "Features").Fit(data);

        var back = scaler.Inverse("Back", "Scaled", "Scaled").Transform(scaler.Transform(data));

        back.GetColumn<float[]>("Back").First().Select(value => MathF.Round(value, 4)).Should().Equal(1, -5, 7);
    }

    [TestMethod]
    public void Save_ColumnWithManySlots_KeepsHashesOfTheirNames()
    {
        string[] names = [.. Enumerable.Range(0, 5000).Select(slot => $"word {slot}")];

        var scaler = SavedModels.ThroughStream(_ml.Transforms.ScaleMaxAbs("Features").Fit(LoadWide(names)), null);

        scaler.Transform(LoadWide(names)).GetColumn<VBuffer<float>>("Features").Should().HaveCount(2);
        ((Action)(() => scaler.Transform(LoadWide([.. names.Reverse()])))).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*got the same names in another order: 'word 4999' in slot 0 for another name, *");
    }

    private IDataView Load(params string[] names) => _ml.Data.LoadFromEnumerable(ScalerData.Rows, Name(SchemaDefinition.Create(typeof(ScalerRow)), names));

    private IDataView LoadWide(string[] names)
    {
        var schema = SchemaDefinition.Create(typeof(WideRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, names.Length);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 2).Select(row => new WideRow { Features = new(names.Length, 1, [1f], [row]) }), Name(schema, names));
    }

    private static SchemaDefinition Name(SchemaDefinition schema, string[] names)
    {
        if (names.Length > 0)
            schema["Features"].AddAnnotation(AnnotationNames.SlotNames, Array.ConvertAll(names, name => name.AsMemory()), new VectorDataViewType(TextDataViewType.Instance, names.Length));
        return schema;
    }

    private sealed class WideRow
    {
        public VBuffer<float> Features { get; set; }
    }
}
