using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests.Layers;

[TestClass]
public sealed class NeighborPlaneTests
{
    [TestMethod]
    [DataRow(1, 1000)]
    [DataRow(7, 1000)]
    [DataRow(7, 4)]
    [DataRow(50, 2)]
    public void Find_AnyPoints_GivesTheNearestInOrder(int sought, int steps)
    {
        // Few steps make points that lie on one another, and many that are equally far.
        var random = new RandomStream(5, "points");
        float[] x = [.. Enumerable.Range(0, 200).Select(_ => (float)random.NextIndex(steps) / steps)], y = [.. Enumerable.Range(0, 200).Select(_ => (float)random.NextIndex(steps) / steps)];
        int[] groups = [.. Enumerable.Range(0, 200).Select(point => point % 3)];
        var plane = new NeighborPlane(x, y);
        var nearest = new Neighbor[sought];

        for (int point = 0; point < 200; point++)
        {
            for (int group = -1; group < 3; group++)
            {
                int found = plane.Find(x[point], y[point], nearest, groups, group);

                var expected = Enumerable.Range(0, 200).Where(other => groups[other] != group)
                    .OrderBy(other => (x[point] - x[other]) * (x[point] - x[other]) + (y[point] - y[other]) * (y[point] - y[other])).ThenBy(other => other).Take(sought);
                nearest[..found].Select(neighbor => neighbor.Point).Should().Equal(expected);
            }
        }
    }

    [TestMethod]
    [DataRow(-100f)]
    [DataRow(100f)]
    [DataRow(float.PositiveInfinity)]
    [DataRow(float.NegativeInfinity)]
    public void Find_FarAway_GivesAsManyAsThereAre(float x)
    {
        var nearest = new Neighbor[5];

        new NeighborPlane([1, 2, 3], [1, 2, 3]).Find(x, 0, nearest).Should().Be(3);

        nearest[..3].Select(neighbor => neighbor.Point).Should().BeEquivalentTo([0, 1, 2]);
    }
}
