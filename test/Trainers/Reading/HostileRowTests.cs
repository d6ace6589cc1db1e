using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Trainers.Tests;

/// <summary>Rows that are none of their column's type are refused, as features and as labels, in training, scoring and predicting.</summary>
[TestClass]
public sealed class HostileRowTests
{
    private static readonly DeepMlpOptions s_options = new() { HiddenLayers = [4], NumberOfEpochs = 1, EarlyStopping = null, LabelColumnName = "Label" };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Faults =>
    [
        ["short", "has 3 slots, and its type promises 4."],
        ["long", "has 5 slots, and its type promises 4."],
        ["negative", "has index -1 among those of its sparse values: expected ascending indices from 0 to 3, as its type promises 4 slots."],
        ["too large", "has index 4 among those of its sparse values: expected ascending indices from 0 to 3, as its type promises 4 slots."],
        ["unsorted", "has index 0 after index 2 among those of its sparse values: expected ascending indices from 0 to 3, as its type promises 4 slots."],
        ["doubled", "has index 2 after index 2 among those of its sparse values: expected ascending indices from 0 to 3, as its type promises 4 slots."],
    ];

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Features_OfAFaultyRow_AreRefusedInTrainingScoringAndPredicting(string fault, string message)
    {
        Row[] good = Rows(), bad = Rows();
        bad[2].Features = Faulty<float>(fault, [1, 2]);
        var model = _ml.Regression.Trainers.DeepMlp(s_options).Fit(_ml.Data.LoadFromEnumerable(good));
        using var engine = _ml.Model.CreatePredictionEngine<Row, Output>(model);

        RefusalOf(() => _ml.Regression.Trainers.DeepMlp(s_options).Fit(_ml.Data.LoadFromEnumerable(bad))).Should().EndWith(message).And.StartWith("Row 2 (counted from 0) of column 'Features'");
        RefusalOf(() => model.Transform(_ml.Data.LoadFromEnumerable(bad)).GetColumn<float>("Score").Sum()).Should().EndWith(message);
        RefusalOf(() => engine.Predict(bad[2])).Should().EndWith(message);
    }

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Labels_OfAFaultyRow_AreRefused(string fault, string message)
    {
        Row[] bad = Rows();
        bad[2].Values = Faulty<float>(fault, [1, 2]);
        bad[2].Truths = Faulty<bool>(fault, [true, true]);
        var data = _ml.Data.LoadFromEnumerable(bad);

        RefusalOf(() => _ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Values" }).Fit(data)).Should().EndWith(message);
        RefusalOf(() => _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Truths" }).Fit(data)).Should().EndWith(message);
    }

    private static string RefusalOf(Action action) => action.Should().Throw<InvalidOperationException>().Which.GetBaseException().Message;

    private static VBuffer<T> Faulty<T>(string fault, T[] values) => fault switch
    {
        "short" => new(3, 2, values, [0, 1]),
        "long" => new(5, 2, values, [0, 4]),
        "negative" => new(4, 2, values, [-1, 2]),
        "too large" => new(4, 2, values, [1, 4]),
        "unsorted" => new(4, 2, values, [2, 0]),
        "doubled" => new(4, 2, values, [2, 2]),
        _ => throw new ArgumentException(fault),
    };

    private static Row[] Rows() => [.. Enumerable.Range(0, 20).Select(row => new Row
    {
        Features = new(4, [row % 2, row % 3, 1, row / 20f]),
        Label = row % 2,
        Values = new(4, [row, 1, 2, 3]),
        Truths = new(4, [row % 2 == 0, row % 3 == 0, row > 4, row > 9]),
    })];

    private sealed class Row
    {
        [VectorType(4)]
        public VBuffer<float> Features { get; set; }

        public float Label { get; set; }

        [VectorType(4)]
        public VBuffer<float> Values { get; set; }

        [VectorType(4)]
        public VBuffer<bool> Truths { get; set; }
    }

    private sealed class Output
    {
        public float Score { get; set; }
    }
}
