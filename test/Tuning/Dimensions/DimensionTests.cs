using MLExtensions.Networks.Randomness;
using MLExtensions.Tuning.Dimensions;

namespace MLExtensions.Tuning.Tests.Dimensions;

[TestClass]
public sealed class DimensionTests
{
    [TestMethod]
    public void Draw_ByRatio_IsUniformInTheLogarithm()
    {
        var range = new NumberDimension("rate", 1e-4, 1) { IsLog = true };
        var random = new RandomStream(1, "test");

        double[] drawn = [.. Enumerable.Range(0, 4000).Select(_ => range.Draw(random))];

        drawn.Should().OnlyContain(value => range.Has(value));
        drawn.Count(value => value < 1e-2).Should().BeInRange(1850, 2150, "that is half of the decades");
    }

    [TestMethod]
    [DataRow(false, 1000)]
    [DataRow(true, 1700)]
    public void Draw_OfWholeNumbers_GivesEachAsItIsWide(bool isLog, int expectedOfLowest)
    {
        var range = new NumberDimension("layers", 1, 4) { IsInteger = true, IsLog = isLog };
        var random = new RandomStream(2, "test");

        double[] drawn = [.. Enumerable.Range(0, 4000).Select(_ => range.Draw(random))];

        drawn.Distinct().Order().Should().Equal(1, 2, 3, 4);
        int lowest = drawn.Count(value => value == 1);
        // By ratio, log(1.5 / 0.5) of log(4.5 / 0.5): a half.
        lowest.Should().BeInRange(isLog ? 1850 : 850, isLog ? 2150 : 1150, "about {0}", expectedOfLowest);
    }

    [TestMethod]
    public void Spread_OfEachKind_HasBothEnds()
    {
        new NumberDimension("a", 0, 1).Spread(3).Should().Equal(0, 0.5, 1);
        new NumberDimension("b", 1e-4, 1) { IsLog = true }.Spread(3).Should().HaveCount(3).And.Contain(value => Math.Abs(value - 1e-2) < 1e-12);
        new NumberDimension("c", 1, 2) { IsInteger = true }.Spread(5).Should().Equal(1, 2);
        new ChoiceDimension("d", ["x", "y", "z"]).Spread(1).Should().Equal(0, 1, 2);
        new NumberDimension("e", 0, 1).Spread(1).Should().Equal(0.5);
    }

    [TestMethod]
    public void Grid_WithACondition_HasTheInnerDimensionOnlyThere()
    {
        var list = new DimensionList([new ChoiceDimension("kind", ["a", "b"]), new NumberDimension("inner", 0, 1) { Condition = new("kind", ["b"], [1]) }]);

        var points = list.Grid(3).ToList();

        points.Should().HaveCount(1 + 3).And.OnlyContain(point => point["inner"] == null == (point["kind"] == 0)).And.OnlyContain(point => list.Fits(point));
    }

    [TestMethod]
    public void Fits_WhatIsMissingTooMuchOrOutside_IsFalse()
    {
        var list = TestProblem.Valley.Dimensions;
        var point = list.Draw(new RandomStream(3, "test"));
        SearchPoint With(string name, double value) => new(point.Values.Where(entry => entry.Key != name).Append(new(name, value)));

        list.Fits(point).Should().BeTrue();
        list.Fits(With("rate", 2)).Should().BeFalse();
        list.Fits(With("units", 8.5)).Should().BeFalse();
        list.Fits(With("other", 1)).Should().BeFalse();
        list.Fits(new SearchPoint(point.Values.Where(entry => entry.Key != "share"))).Should().BeFalse();
    }

    [TestMethod]
    public void Equals_OfPoints_GoesByValues()
    {
        var first = new SearchPoint([new("a", 1), new("b", 2)]);

        first.Should().Be(new SearchPoint([new("b", 2), new("a", 1)]));
        first.GetHashCode().Should().Be(new SearchPoint([new("b", 2), new("a", 1)]).GetHashCode());
        first.Should().NotBe(new SearchPoint([new("a", 1), new("b", 3)]));
    }
}
