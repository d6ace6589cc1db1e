using Microsoft.ML;
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
