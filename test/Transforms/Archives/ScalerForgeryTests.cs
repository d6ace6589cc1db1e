using Microsoft.ML;
using MLExtensions.Archives;
using MLExtensions.Pipeline;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

/// <summary>Archives with sound checksums whose content no scaler has written.</summary>
[TestClass]
public sealed class ScalerForgeryTests
{
    private static readonly object s_column = new { OutputColumnName = "a", InputColumnName = "a", Item = "Single", VectorSize = 2 };

    private static readonly double[] s_two = [1, 2];

    [TestMethod]
    public void StandardScaling_SoundForgery_IsAccepted() =>
        Load(Standard(), Tensors(("a.means", s_two), ("a.standard_deviations", s_two), ("a.divisors", s_two)))
            .Should().BeOfType<StandardScalingTransformer>().Which.GetParameters("a").Divisors.Should().Equal(1, 2);

    [TestMethod]
    [DataRow(-1.0, 1.0)]
    [DataRow(1.0, 0.0)]
    [DataRow(1.0, -1.0)]
    public void StandardScaling_ImpossibleNumbers_AreRefused(double deviation, double divisor) =>
        RefusalOf(Standard(), Tensors(("a.means", s_two), ("a.standard_deviations", [1, deviation]), ("a.divisors", [1, divisor])))
            .Should().EndWith("the standard deviations of column 'a' must not be negative, and its divisors must be positive.");

    [TestMethod]
    [DataRow(3.0, 1.0)]
    [DataRow(1.0, 0.0)]
    public void MinMaxScaling_ImpossibleNumbers_AreRefused(double minimum, double divisor) =>
        RefusalOf(MinMax(0, 1), Tensors(("a.minima", [1, minimum]), ("a.maxima", s_two), ("a.divisors", [1, divisor])))
            .Should().EndWith("the minima of column 'a' must not exceed its maxima, and its divisors must be positive.");

    [TestMethod]
    public void MinMaxScaling_ImpossibleOptions_AreRefused() =>
        RefusalOf(MinMax(2, 1), Tensors(("a.minima", s_two), ("a.maxima", s_two), ("a.divisors", s_two)))
            .Should().EndWith("MLExtMinMaxScaling has invalid options: minimum must be less than maximum, got 2 and 1.");

    [TestMethod]
    public void StandardScaling_ImpossibleOptions_AreRefused() =>
        RefusalOf(Standard(degreesOfFreedom: -1), []).Should().EndWith("degreesOfFreedom must not be negative, got -1.");

    [TestMethod]
    public void InverseScaling_ZeroFactor_IsRefused() =>
        RefusalOf(new("MLExtInverseScaling", new { Options = new { }, Columns = new[] { s_column } }),
                Tensors(("a.centers", s_two), ("a.divisors", s_two), ("a.factors", [1, 0]), ("a.offsets", s_two)))
            .Should().EndWith("A divisor or factor is zero.");

    [TestMethod]
    public void OtherScalers_ImpossibleNumbers_AreRefused()
    {
        const string Positive = "must not be negative, and its divisors must be positive.";

        RefusalOf(new("MLExtMaxAbsScaling", new { Options = new { }, Columns = new[] { s_column } }), Tensors(("a.maximum_magnitudes", s_two), ("a.divisors", [1, 0])))
            .Should().EndWith($"the magnitudes of column 'a' {Positive}");
        RefusalOf(new("MLExtRobustScaling", new { Options = s_robust, Columns = new[] { s_column } }),
                Tensors(("a.medians", s_two), ("a.lower_quantiles", s_two), ("a.upper_quantiles", [1, 1]), ("a.minima", s_two), ("a.maxima", s_two), ("a.divisors", s_two)))
            .Should().EndWith("the minima, quantiles and maxima of column 'a' must ascend, and its divisors must be positive.");
        RefusalOf(Quantile(2), [new("a.quantiles", [2, 2], [1.0, 2, 4, 3])]).Should().EndWith("the quantiles of column 'a' must ascend.");
        RefusalOf(Quantile(3), [new("a.quantiles", [2, 2], [1.0, 2, 3, 4])]).Should().EndWith("tensor 'a.quantiles' is Double[] of shape [2, 2], expected Double[] of shape [2, 3].");
        RefusalOf(Quantile(0), []).Should().EndWith("it gives the numbers of column 'a' the size 0.");
        RefusalOf(Quantile(null), []).Should().EndWith("it gives the numbers of column 'a' the size .");
        RefusalOf(new("MLExtPowerScaling", new { Options = new { Method = "BoxCox", Standardize = true }, Columns = new[] { s_column } }),
                Tensors(("a.lambdas", s_two), ("a.means", s_two), ("a.standard_deviations", s_two), ("a.divisors", [0, 1])))
            .Should().EndWith($"the standard deviations of column 'a' {Positive}");
        RefusalOf(new("MLExtPowerScaling", new { Options = new { Method = 9, Standardize = true }, Columns = new[] { s_column } }), []).Should().EndWith("method 9 is unknown.");
        RefusalOf(new("MLExtWhitening", new { Options = new { Method = "ZeroPhase", NumberOfComponents = 1, ShareOfVariance = (double?)null, Epsilon = 0 }, Columns = new[] { Column(1) } }),
                [.. Tensors(("a.means", s_two), ("a.variances", [-1]), ("a.divisors", [1])), new("a.components", [1, 2], [1.0, 0])])
            .Should().EndWith($"the variances of column 'a' {Positive}");
    }

    [TestMethod]
    public void InverseScaling_ImpossibleMaps_AreRefused()
    {
        RefusalOf(Inverse("SmoothClipped"), Tensors(("a.centers", s_two), ("a.factors", s_two), ("a.limit", [0]))).Should().EndWith("the limit of column 'a' must be positive.");
        RefusalOf(Inverse("YeoJohnson"), Tensors(("a.lambdas", s_two), ("a.means", s_two), ("a.divisors", [1, -1]))).Should().EndWith("the divisors of column 'a' must be positive.");
        RefusalOf(Inverse("Linear"), []).Should().EndWith("tensor 'a.centers' is missing.");
        RefusalOf(Inverse(77), []).Should().EndWith("it gives column 'a' a map of kind 77.");
    }

    [TestMethod]
    public void InverseScaling_ColumnsWithoutAKind_AreAffine() =>
        Load(new("MLExtInverseScaling", new { Options = new { }, Columns = new[] { s_column } }),
                Tensors(("a.centers", s_two), ("a.divisors", s_two), ("a.factors", s_two), ("a.offsets", s_two)))
            .Should().BeOfType<InverseScalingTransformer>();

    [TestMethod]
    [DataRow("none", "it lists no columns.")]
    [DataRow("null", "it lists a column without a name.")]
    [DataRow("unnamed", "it lists a column without a name.")]
    [DataRow("twice", "it lists output column 'a' twice.")]
    [DataRow("size", "it gives column 'a' the size 0 and items of type Single.")]
    [DataRow("item", "it gives column 'a' the size 2 and items of type 7.")]
    [DataRow("huge", "tensor 'a.means' is Double[] of shape [2], expected Double[] of shape [2147483647].")]
    [DataRow("scalar", "tensor 'a.means' is Double[] of shape [2], expected Double[] of shape [1].")]
    public void Columns_ThatNoScalerDescribes_AreRefused(string what, string message)
    {
        object?[] columns = what switch
        {
            "none" => [],
            "null" => [null],
            "unnamed" => [new { OutputColumnName = "", InputColumnName = "a", Item = "Single", VectorSize = 2 }],
            "twice" => [s_column, s_column],
            "size" => [new { OutputColumnName = "a", InputColumnName = "a", Item = "Single", VectorSize = 0 }],
            "item" => [new { OutputColumnName = "a", InputColumnName = "a", Item = 7, VectorSize = 2 }],
            "huge" => [new { OutputColumnName = "a", InputColumnName = "a", Item = "Single", VectorSize = int.MaxValue }],
            _ => [new { OutputColumnName = "a", InputColumnName = "a", Item = "Single", VectorSize = (int?)null }],
        };

        RefusalOf(Standard(columns), Tensors(("a.means", s_two), ("a.standard_deviations", s_two), ("a.divisors", s_two)))
            .Should().Be($"Cannot load model component 'MLExtStandardScaling': entry 'Description.json' is refused: {message}");
    }

    private static Forgery Standard(object?[]? columns = null, int degreesOfFreedom = 0) => new("MLExtStandardScaling",
        new { Options = new { Center = true, Scale = true, DegreesOfFreedom = degreesOfFreedom }, Columns = columns ?? [s_column] });

    private static readonly object s_robust = new { Center = true, Scale = true, LowerQuantile = 0.25, UpperQuantile = 0.75, UnitVariance = false, SmoothClipLimit = (double?)null };

    private static Forgery Quantile(int? size) => new("MLExtQuantileScaling", new { Options = new { Distribution = "Uniform", NumberOfQuantiles = 9 }, Columns = new[] { Column(size) } });

    private static Forgery Inverse(object kind) => new("MLExtInverseScaling", new { Options = new { }, Columns = new[] { Column(2, kind) } });

    private static object Column(int? size, object? kind = null) =>
        new { OutputColumnName = "a", InputColumnName = "a", Item = "Single", VectorSize = 2, Numbers = new { Kind = kind, Size = size, IsInverse = false } };

    private static Forgery MinMax(double minimum, double maximum) => new("MLExtMinMaxScaling",
        new { Options = new { Minimum = minimum, Maximum = maximum, Clip = false }, Columns = new[] { s_column } });

    private static Tensor[] Tensors(params (string Name, double[] Values)[] tensors) =>
        [.. tensors.Select(tensor => new Tensor(tensor.Name, [tensor.Values.Length], tensor.Values))];

    private static ITransformer Load(Forgery forgery, Tensor[] tensors) => SavedModels.ThroughStream(new ForgedTransformer(forgery, tensors), null);

    private static string RefusalOf(Forgery forgery, Tensor[] tensors)
    {
        Action load = () => Load(forgery, tensors);

        return load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<FormatException>().Which.Message;
    }

    private sealed record Forgery(string LoaderName, object Description);

    /// <summary>Saves what it was given under the name of a scaler.</summary>
    private sealed class ForgedTransformer(Forgery forgery, Tensor[] tensors) : RowToRowTransformer
    {
        protected override RowMapping Bind(DataViewSchema inputSchema) => throw new NotSupportedException();

        protected override void Save(ComponentWriter writer) =>
            writer.Write(new(forgery.LoaderName, 1, typeof(ScalingTransformer).Assembly), forgery.Description, tensors);
    }
}
