using MLExtensions.Networks.Embeddings;

namespace MLExtensions.Networks.Tests.Embeddings;

[TestClass]
public sealed class BinsTests
{
    [TestMethod]
    public void Find_AnyNumberOfBins_FindsTheLastThatBeginsBefore()
    {
        for (int count = 1; count < 70; count++)
        {
            float[] edges = [.. Enumerable.Range(0, count + 1).Select(i => i * i / 4f - 3)];
            var bins = new Bins([.. edges, float.MaxValue, float.MaxValue]);

            bins.Count.Should().Be(count);
            foreach (float x in edges.SelectMany(edge => new[] { MathF.BitDecrement(edge), edge, edge + 0.1f }).Append(-9).Append(1e6f))
            {
                int expected = Math.Max(0, Array.FindLastIndex(edges[..^1], edge => edge <= x));
                bins.Find(x, out float share).Should().Be(expected, "{0} of {1} bins", x, count);
                share.Should().BeApproximately((x - edges[expected]) / (edges[expected + 1] - edges[expected]), 1e-5f * Math.Max(1, Math.Abs(x)));
            }
        }
    }

    [TestMethod]
    public void Find_WhatIsNoNumber_IsInTheBinOnThatSide()
    {
        var bins = new Bins([0, 1, 2, 3]);

        bins.Find(float.PositiveInfinity, out float above).Should().Be(2);
        bins.Find(float.NegativeInfinity, out float below).Should().Be(0);
        bins.Find(float.NaN, out float none).Should().Be(0);
        (above, below, none).Should().Be((float.PositiveInfinity, float.NegativeInfinity, float.NaN));
    }

    [TestMethod]
    public void Find_NoBin_HasNoShare()
    {
        foreach (float[] edges in new float[][] { [7, float.MaxValue], [float.MaxValue, float.MaxValue], [] })
        {
            new Bins(edges).Find(8, out float share).Should().Be(0);
            share.Should().Be(0);
        }
    }
}
