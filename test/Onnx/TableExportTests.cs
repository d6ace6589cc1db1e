using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Trainers;
using MLExtensions.Transforms;

namespace MLExtensions.Onnx.Tests;

/// <summary>Encoded tables as graphs, with the networks behind them.</summary>
[TestClass]
public sealed class TableExportTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Options =>
    [
        ["indices", new TableEncodingOptions { Except = ["Label"] }],
        ["a slot for each", new TableEncodingOptions { Except = ["Label"], CategoryEncoding = CategoryEncoding.OneHot }],
        ["missing kept", new TableEncodingOptions { Except = ["Label"], MissingNumbers = MissingNumbers.Keep }],
        ["numbers as categories", new TableEncodingOptions { Except = ["Label"], Categories = ["Whole", "Truth", "Few"] }],
    ];

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void ConvertToOnnx_Table_GivesTheSame(string name, object options)
    {
        var table = (TableEncodingOptions)options;
        var keys = _ml.Transforms.Conversion.MapValueToKey("Key", "Kind");
        var train = Load(1);
        var pipeline = keys.Append(_ml.Transforms.EncodeTable("Slots", table));
        var model = pipeline.Fit(train);
        // With texts that no training row had.
        var others = Load(2, "new one");

        Exported.ShouldAgree(_ml, model, others, "Slots");
        var network = pipeline.Append(_ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { LabelColumnName = "Label", FeatureColumnName = "Slots", NumberOfEpochs = 3 }));
        Exported.ShouldAgree(_ml, network.Fit(train), others, "Score");
        var embedded = pipeline.Append(_ml.Regression.Trainers.DeepMlp(DeepMlpOptions.RealMlp(Networks.LossTasks.Regression) with { LabelColumnName = "Label", FeatureColumnName = "Slots", NumberOfEpochs = 2 }));
        Exported.ShouldAgree(_ml, embedded.Fit(train), others, "Score");
    }

    [TestMethod]
    public void ConvertToOnnx_WhatAGraphCannotRead_IsNamed()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new Odd { Text = $"{i}.5" }));
        ShouldRefuse("Text", "*column 'Text' holds numbers as text, which a graph does not read. Convert it before: ml.Transforms.Conversion.ConvertType. Export*");

        void ShouldRefuse(string column, string message)
        {
            using var stream = new MemoryStream();
            Action convert = () => _ml.Model.ConvertToOnnx(_ml.Transforms.EncodeTable("Slots", column).Fit(data), data, stream);
            convert.Should().Throw<NotSupportedException>().WithMessage(message);
        }
    }

    private IDataView Load(int seed, string? odd = null)
    {
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new Entry
        {
            Number = i % 9 == 4 ? float.NaN : 10 * random.NextSingle(),
            Double = i % 11 == 4 ? double.NaN : 1e5 * random.NextDouble(),
            Whole = random.Next(4),
            Few = random.Next(3) + 0.5f,
            Truth = random.Next(2) == 0,
            Text = i % 13 == 5 ? "?" : i % 17 == 5 ? "" : odd is not null && i % 5 == 0 ? odd : (i % 3 == 0 ? " " : "") + "abcd"[random.Next(4)],
            Kind = "xyz"[random.Next(3)].ToString(),
            Vector = [random.NextSingle(), i % 19 == 3 ? float.NaN : random.NextSingle()],
            Nothing = float.NaN,
            Label = random.NextSingle() + i % 3,
        }).ToArray());
    }

    private sealed class Entry
    {
        public float Number { get; set; }

        public double Double { get; set; }

        public int Whole { get; set; }

        public float Few { get; set; }

        public bool Truth { get; set; }

        public string Text { get; set; } = "";

        public string Kind { get; set; } = "";

        [VectorType(2)]
        public float[] Vector { get; set; } = [];

        public float Nothing { get; set; }

        public float Label { get; set; }
    }

    private sealed class Odd
    {
        public string Text { get; set; } = "";
    }
}
