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

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(48)]
    [DataRow(128)]
    [DataRow(129)]
    [DataRow(1000)]
    public unsafe void Find_SeveralNumbers_IsThatOfEach(int count)
    {
        float[] edges = [.. Enumerable.Range(0, count + 1).Select(i => (i - count / 2) * 0.25f)];
        var bins = new Bins(count == 0 ? [float.MaxValue] : [.. edges, float.MaxValue]);
        float[] numbers = [.. edges.SelectMany(edge => new[] { MathF.BitDecrement(edge), edge, MathF.BitIncrement(edge), edge + 0.1f }),
            -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue];

        for (int first = 0; first < numbers.Length; first++)
        {
            float[] some = new float[48], shares = new float[48];
            int[] found = new int[48];
            int rows = Math.Min(first % 48 + 1, numbers.Length - first);
            numbers.AsSpan(first, rows).CopyTo(some);
            fixed (float* from = some, to = shares)
            fixed (int* at = found)
                bins.Find(from, rows, at, to);

            for (int row = 0; row < rows; row++)
            {
                found[row].Should().Be(bins.Find(some[row], out float share), "{0} is there", some[row]);
                BitConverter.SingleToInt32Bits(shares[row]).Should().Be(BitConverter.SingleToInt32Bits(share));
            }
        }
    }
}
