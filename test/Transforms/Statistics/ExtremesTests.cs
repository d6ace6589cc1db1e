using MLExtensions.Transforms.Statistics;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class ExtremesTests
{
    [TestMethod]
    [DataRow(new[] { 3.0 }, 3.0, 3.0)]
    [DataRow(new[] { 3.0, 7, 5 }, 3.0, 7.0)]
    [DataRow(new[] { -3.0, -7, -5 }, -7.0, -3.0)]
    public void Add_Numbers_KeepsTheSmallestAndLargest(double[] values, double minimum, double maximum)
    {
        var extremes = Of(values);

        (extremes.Count, extremes.Minimum, extremes.Maximum).Should().Be((values.Length, minimum, maximum));
    }

    [TestMethod]
    public void Merge_AnyPartition_IsOnePass()
    {
        var one = Of(5, 9);

        one.Merge(new Extremes());
        one.Merge(Of(7));
        one.Merge(Of(6, 12));
        var fromNothing = new Extremes();
        fromNothing.Merge(one);

        (fromNothing.Count, fromNothing.Minimum, fromNothing.Maximum).Should().Be((5, 5.0, 12.0));
    }

    [TestMethod]
    public void OfZeros_Merged_IsAddingZeros()
    {
        var extremes = Of(5, 9);

        extremes.Merge(Extremes.OfZeros(0));
        extremes.Minimum.Should().Be(5);
        extremes.Merge(Extremes.OfZeros(3));

        (extremes.Count, extremes.Minimum, extremes.Maximum).Should().Be((5, 0.0, 9.0));
    }

    private static Extremes Of(params double[] values)
    {
        var extremes = new Extremes();
        foreach (double value in values)
            extremes.Add(value);
        return extremes;
    }
}
