using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class TableNumberTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Median_MissingInTraining_StandsForItBesideAnIndicator()
    {
        var data = Load(1, 4, float.NaN, 2, 9);
        var encoder = Fit(data, new());

        TableData.SlotNames(encoder, data).Should().Equal("Value", "Value is missing");
        Encode(encoder, data).Should().Equal("1 0", "4 0", "3 1", "2 0", "9 0");
    }

    [TestMethod]
    public void Median_NoneMissingInTraining_StandsForItAlone()
    {
        var data = Load(1, 4, 2);
        var encoder = Fit(data, new());

        TableData.SlotNames(encoder, data).Should().Equal("Value");
        Encode(encoder, Load(7, float.NaN, float.PositiveInfinity)).Should().Equal("7", "2", "Infinity");
    }

    [TestMethod]
    public void Keep_MissingNumbers_StayNaNWithoutIndicator()
    {
        var data = Load(1, float.NaN);
        var encoder = Fit(data, new() { MissingNumbers = MissingNumbers.Keep });

        TableData.SlotNames(encoder, data).Should().Equal("Value");
        Encode(encoder, data).Should().Equal("1", "NaN");
        encoder.Columns["Value"].Median.Should().Be(1);
    }

    [TestMethod]
    [DataRow(MissingNumbers.Median)]
    [DataRow(MissingNumbers.Keep)]
    public void Column_WhollyMissing_IsZeroWhateverComes(MissingNumbers missing)
    {
        var encoder = Fit(Load(float.NaN, float.NaN), new() { MissingNumbers = missing });

        encoder.Columns["Value"].Kind.Should().Be(TableColumnKind.Empty);
        Encode(encoder, Load(float.NaN, 5)).Should().Equal("0", "0");
    }

    [TestMethod]
    public void Vector_WithSlotNames_HasEachSlotByItself()
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema["Vector"].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(2, ["a".AsMemory(), default]), new VectorDataViewType(TextDataViewType.Instance, 2));
        var data = _ml.Data.LoadFromEnumerable([new Row { Vector = [1, float.NaN] }, new Row { Vector = [2, 5] }], schema);

        var encoder = _ml.Transforms.EncodeTable("Features", "Vector").Fit(data);

        TableData.SlotNames(encoder, data).Should().Equal("Vector.a", "Vector.1", "Vector.1 is missing");
        Encode(encoder, data).Should().Equal("1 5 1", "2 5 0");
        encoder.Columns["Vector"].Parts.Select(part => part.Missing).Should().Equal(0, 1);
    }

    [TestMethod]
    public void Text_AsNumbers_IsReadInTheInvariantCulture()
    {
        var data = Texts("1.5", " -2e1 ", "?", "n/a", "NaN");
        var encoder = _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { MissingTexts = ["?", "n/a", "NaN"], MissingNumbers = MissingNumbers.Keep }, "Text").Fit(data);

        Encode(encoder, data).Should().Equal("1.5", "-20", "NaN", "NaN", "NaN");
        Encode(encoder, Texts("7", "seven")).Should().Equal("7", "NaN");
        encoder.Columns["Text"].Missing.Should().Be(3);
    }

    [TestMethod]
    public void Median_LargeNumbers_DoesNotOverflow()
    {
        var data = _ml.Data.LoadFromEnumerable([new Row { Double = 3e38 }, new Row { Double = 3.2e38 }]);

        _ml.Transforms.EncodeTable("Features", "Double").Fit(data).Columns["Double"].Median.Should().BeApproximately(3.1e38, 1e30);
    }

    private TableEncodingTransformer Fit(IDataView data, TableEncodingOptions options) => _ml.Transforms.EncodeTable("Features", options, "Value").Fit(data);

    private IDataView Load(params float[] values) => _ml.Data.LoadFromEnumerable(values.Select(value => new Row { Value = value }));

    private IDataView Texts(params string[] texts) => _ml.Data.LoadFromEnumerable(texts.Select(text => new Row { Text = text }));

    private static IEnumerable<string> Encode(ITransformer encoder, IDataView data) =>
        TableData.Encode(encoder, data).Select(row => string.Join(' ', row.Select(value => FormattableString.Invariant($"{value}"))));

    private sealed class Row
    {
        public float Value { get; set; }

        public double Double { get; set; }

        public string Text { get; set; } = "";

        [VectorType(2)]
        public float[] Vector { get; set; } = [0, 0];
    }
}
