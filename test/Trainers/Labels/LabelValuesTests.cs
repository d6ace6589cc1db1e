using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Pipeline;
using MLExtensions.TestSupport;
using MLExtensions.Trainers.Labels;

namespace MLExtensions.Trainers.Tests;

/// <summary>Labels of any type go in, are trained on as keys, and come out again.</summary>
[TestClass]
public sealed class LabelValuesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void MapKeyToValue_TextLabels_GivesThemBack() => LabelsComeBack(["b", "Iris-setosa", "Zürich, \"quoted\"\n"]);

    [TestMethod]
    public void MapKeyToValue_BooleanLabels_GivesThemBack() => LabelsComeBack([false, true, false]);

    [TestMethod]
    public void MapKeyToValue_SingleLabels_GivesThemBack() => LabelsComeBack([0.1f, -1e-30f, float.MaxValue]);

    [TestMethod]
    public void MapKeyToValue_DoubleLabels_GivesThemBack() => LabelsComeBack([0.1, -1.0 / 3, 1e300]);

    [TestMethod]
    public void MapKeyToValue_ByteLabels_GivesThemBack() => LabelsComeBack<byte>([0, 1, 255]);

    [TestMethod]
    public void MapKeyToValue_SByteLabels_GivesThemBack() => LabelsComeBack<sbyte>([-128, 0, 127]);

    [TestMethod]
    public void MapKeyToValue_Int16Labels_GivesThemBack() => LabelsComeBack<short>([-5, 0, 5]);

    [TestMethod]
    public void MapKeyToValue_UInt16Labels_GivesThemBack() => LabelsComeBack<ushort>([1, 2, 3]);

    [TestMethod]
    public void MapKeyToValue_Int32Labels_GivesThemBack() => LabelsComeBack([int.MinValue, -7, int.MaxValue]);

    [TestMethod]
    public void MapKeyToValue_UInt32Labels_GivesThemBack() => LabelsComeBack([1u, 2u, uint.MaxValue]);

    [TestMethod]
    public void MapKeyToValue_Int64Labels_GivesThemBack() => LabelsComeBack([long.MinValue, 0, long.MaxValue]);

    [TestMethod]
    public void MapKeyToValue_UInt64Labels_GivesThemBack() => LabelsComeBack([1ul, 2ul, ulong.MaxValue]);

    [TestMethod]
    public void MapKeyToValue_DateTimeLabels_GivesThemBack() =>
        LabelsComeBack<DateTime>([new(2026, 1, 1, 3, 4, 5, 678), new(2025, 2, 1, 0, 0, 0, DateTimeKind.Utc), DateTime.MaxValue]);

    [TestMethod]
    public void MapKeyToValue_DateTimeOffsetLabels_GivesThemBack() =>
        LabelsComeBack<DateTimeOffset>([new(2026, 1, 1, 3, 4, 5, TimeSpan.FromHours(2)), DateTimeOffset.MinValue]);

    [TestMethod]
    public void MapKeyToValue_TimeSpanLabels_GivesThemBack() => LabelsComeBack<TimeSpan>([TimeSpan.FromTicks(-1), TimeSpan.FromDays(400.3)]);

    [TestMethod]
    public void MapKeyToValue_RowIdLabels_GivesThemBack() => LabelsComeBack<DataViewRowId>([new(1, 2), new(ulong.MaxValue, 0)]);

    [TestMethod]
    public void Read_KeysOfValuesThatNoLabelHas_GivesNone()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(AnnotationNames.KeyValues, new VectorDataViewType(new KeyDataViewType(typeof(uint), 3), 2), (ref VBuffer<uint> value) => value = new(2, [1, 2]));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Label", new KeyDataViewType(typeof(uint), 2), annotations.ToAnnotations());

        LabelValues.Read(builder.ToSchema()[0]).Should().BeNull();
    }

    [TestMethod]
    public void ClassNames_NumericLabels_AreTheirTextsInTheOrderOfTheKeys()
    {
        var transformer = _ml.MulticlassClassification.Trainers.DeepMlp(Trainer.Quick).Fit(Data([2.5f, -1f, 30f]));

        transformer.Model.ClassNames.Should().Equal("2.5", "-1", "30");
    }

    [TestMethod]
    [DataRow("Single", new[] { "1", "x" }, "label 'x' is no value of type Single")]
    [DataRow("Int32", new[] { "1", "2.5" }, "label '2.5' is no value of type Int32")]
    [DataRow("Boolean", new[] { "True", "no" }, "label 'no' is no value of type Boolean")]
    [DataRow("Complex", new[] { "1", "2" }, "labels of type Complex are unknown")]
    [DataRow("Text", new[] { "1" }, "1 label does not fit 2 classes")]
    [DataRow("Text", new[] { "1", "2", "3" }, "3 labels do not fit 2 classes")]
    public void Check_LabelsThatCannotBe_AreRefused(string type, string[] texts, string expected)
    {
        Action check = () => new LabelValues(type, texts).Check(2);

        check.Should().Throw<FormatException>().WithMessage(expected);
    }

    [TestMethod]
    public void Check_NullText_IsRefused()
    {
        Action check = () => new LabelValues("Int32", ["1", null!]).Check(2);

        check.Should().Throw<FormatException>().WithMessage("a label is null");
    }

    private void LabelsComeBack<T>(T[] labels)
    {
        var data = Data(labels);
        var estimator = _ml.MulticlassClassification.Trainers.DeepMlp(Trainer.Quick with { NumberOfEpochs = 100, Optimizer = new AdamOptions { LearningRate = 0.02f } })
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var model = estimator.Fit(data);
        var loaded = SavedModels.ThroughStream(model, data.Schema);

        T[] expected = [.. data.GetColumn<T>("Original")];
        model.Transform(data).GetColumn<T>("PredictedLabel").Should().Equal(expected);
        loaded.Transform(data).GetColumn<T>("PredictedLabel").Should().Equal(expected);
        Shapes.TextsOf(estimator.GetOutputSchema(Shapes.Of(data))).Should().Equal(Shapes.TextsOf(Shapes.Of(loaded.Transform(data))));
        SchemaTexts.Of(loaded.GetOutputSchema(data.Schema)).Should().Equal(SchemaTexts.Of(model.GetOutputSchema(data.Schema)));
    }

    /// <summary>Rows whose one feature that is not zero tells the label.</summary>
    private IDataView Data<T>(T[] labels)
    {
        T[] distinct = [.. labels.Distinct()];
        var rows = Enumerable.Range(0, 40).Select(row => new Row<T>
        {
            Original = distinct[row % distinct.Length],
            Features = [.. Enumerable.Range(0, 3).Select(slot => slot == row % distinct.Length ? 1f : 0f)],
        });
        var data = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey("Label", "Original").Fit(data).Transform(data);
    }

    private sealed class Row<T>
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public T Original { get; set; } = default!;
    }
}
