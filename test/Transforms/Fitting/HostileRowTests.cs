using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

/// <summary>Rows that are none of their column's type are refused by every scaler, fitting, transforming and predicting.</summary>
[TestClass]
public sealed class HostileRowTests
{
    private static readonly VBuffer<float>[] s_good = [new(4, [1, 2, 3, 4]), new(4, 2, [2, 3], [0, 2]), new(4, [3, 1, 5, 2]), new(4, [4, 4, 1, 7])];

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Faults =>
    [
        ["short", "Row 2 (counted from 0) of column 'Vector' has 3 slots, and its type promises 4."],
        ["short dense", "Row 2 (counted from 0) of column 'Vector' has 3 slots, and its type promises 4."],
        ["long", "Row 2 (counted from 0) of column 'Vector' has 5 slots, and its type promises 4."],
        ["empty", "Row 2 (counted from 0) of column 'Vector' has 0 slots, and its type promises 4."],
        ["negative", "Row 2 (counted from 0) of column 'Vector' has index -1 among those of its sparse values: expected ascending indices from 0 to 3, as its type promises 4 slots."],
        ["too large", "Row 2 (counted from 0) of column 'Vector' has index 4 among those of its sparse values: expected ascending indices from 0 to 3, as its type promises 4 slots."],
        ["unsorted", "Row 2 (counted from 0) of column 'Vector' has index 0 after index 2 among those of its sparse values: expected ascending indices from 0 to 3, as its type promises 4 slots."],
        ["doubled", "Row 2 (counted from 0) of column 'Vector' has index 2 after index 2 among those of its sparse values: expected ascending indices from 0 to 3, as its type promises 4 slots."],
    ];

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Fit_FaultyRow_IsRefused(string fault, string message)
    {
        foreach (var estimator in Estimators())
            RefusalOf(() => estimator.Fit(Load([s_good[0], s_good[1], Faulty(fault), s_good[3]]))).Should().Be(message);
    }

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Transform_FaultyRow_IsRefused(string fault, string message)
    {
        foreach (var estimator in Estimators())
        {
            var transformer = estimator.Fit(Load(Dense()));
            IDataView data = Load([s_good[0], s_good[2], Faulty(fault), s_good[3]]);

            RefusalOf(() => ReadAll(transformer.Transform(data))).Should().Be(message);
            RefusalOf(() => ReadAll(((ScalingTransformer)transformer).Inverse().Transform(data))).Should().Be(message);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Predict_FaultyRow_IsRefused(string fault, string message)
    {
        foreach (var estimator in Estimators())
        {
            using var engine = _ml.Model.CreatePredictionEngine<Row, Row>(estimator.Fit(Load(Dense())));
            engine.Predict(new Row { Vector = s_good[0] });

            RefusalOf(() => engine.Predict(new Row { Vector = Faulty(fault) })).Should().EndWith(message[message.IndexOf(" (counted", StringComparison.Ordinal)..]);
        }
    }

    private static VBuffer<float> Faulty(string fault) => fault switch
    {
        "short" => new(3, 1, [1], [0]),
        "short dense" => new(3, [1, 2, 3]),
        "long" => new(5, 2, [1, 2], [0, 4]),
        "empty" => default,
        "negative" => new(4, 2, [1, 2], [-1, 2]),
        "too large" => new(4, 2, [1, 2], [1, 4]),
        "unsorted" => new(4, 2, [1, 2], [2, 0]),
        "doubled" => new(4, 2, [1, 2], [2, 2]),
        _ => throw new ArgumentException(fault),
    };

    private IEstimator<ITransformer>[] Estimators() =>
    [
        _ml.Transforms.ScaleStandard("Vector"), _ml.Transforms.ScaleStandard("Vector", center: false), _ml.Transforms.ScaleMinMax("Vector"),
        _ml.Transforms.ScaleMaxAbs("Vector"), _ml.Transforms.ScaleRobust("Vector"), _ml.Transforms.ScaleRobust("Vector", smoothClipLimit: 3),
        _ml.Transforms.ScaleQuantile("Vector"), _ml.Transforms.ScalePower("Vector"), _ml.Transforms.ScalePower("Vector", method: PowerMethod.BoxCox),
        _ml.Transforms.WhitenPrincipalComponents("Vector"), _ml.Transforms.WhitenPrincipalComponents("Vector", method: WhiteningMethod.ZeroPhase),
    ];

    private static VBuffer<float>[] Dense() => [s_good[0], s_good[2], s_good[3], new(4, [2, 6, 2, 1]), new(4, [5, 1, 3, 3]), new(4, [1, 3, 2, 8])];

    private static string RefusalOf(Action action) => action.Should().Throw<InvalidOperationException>().Which.GetBaseException().Message;

    private static void ReadAll(IDataView data)
    {
        foreach (var _ in data.GetColumn<VBuffer<float>>("Vector"))
        {
        }
    }

    private IDataView Load(VBuffer<float>[] vectors) => _ml.Data.LoadFromEnumerable(vectors.Select(vector => new Row { Vector = vector }).ToArray());

    private sealed class Row
    {
        [VectorType(4)]
        public VBuffer<float> Vector { get; set; }
    }
}
