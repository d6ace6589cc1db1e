using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class RandomStreamTests
{
    [TestMethod]
    public void NextBits_KnownSeed_GivesKnownNumbers()
    {
        // Any change here changes every model trained with a seed.
        var stream = new RandomStream(1, "test");

        ulong[] bits = [stream.NextBits(), stream.NextBits(), stream.NextBits()];

        bits.Should().Equal(0xF3E202E5968BED46, 0x9CE339880D1E43BD, 0x9A83FDAD3C413FF8);
        RandomStream.Key(1, "test").Should().Be(0x1FF495F9E7601ED4);
    }

    [TestMethod]
    [DataRow(2, "test")]
    [DataRow(-1, "test")]
    [DataRow(1, "tesu")]
    [DataRow(1, "")]
    public void NextBits_OtherSeedOrPurpose_GivesOtherNumbers(int seed, string purpose) =>
        new RandomStream(seed, purpose).NextBits().Should().NotBe(new RandomStream(1, "test").NextBits());

    [TestMethod]
    public void NextUniform_ManyNumbers_AreUniform()
    {
        var stream = new RandomStream(3, "test");
        var counts = new int[16];

        for (int i = 0; i < 160_000; i++)
            counts[(int)(stream.NextUniform() * 16)]++;

        // χ² with 15 degrees of freedom is above 40 once in 2,000 trials; the seed is fixed.
        counts.Sum(c => Math.Pow(c - 10_000, 2) / 10_000).Should().BeLessThan(40);
    }

    [TestMethod]
    public void NextIndex_ManyNumbers_AreUniform()
    {
        var stream = new RandomStream(4, "test");
        var counts = new int[7];

        for (int i = 0; i < 70_000; i++)
            counts[stream.NextIndex(7)]++;

        counts.Sum(c => Math.Pow(c - 10_000, 2) / 10_000).Should().BeLessThan(25);
    }

    [TestMethod]
    public void Shuffle_ManyItems_IsAPermutation()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];

        new RandomStream(5, "test").Shuffle(items.AsSpan());

        items.Should().NotEqual(Enumerable.Range(0, 1000));
        items.Order().Should().Equal(Enumerable.Range(0, 1000));
    }

    [TestMethod]
    public void Shuffle_ThreeItems_MakesEveryOrderEquallyOften()
    {
        var stream = new RandomStream(6, "test");
        var counts = new Dictionary<string, int>();

        for (int i = 0; i < 60_000; i++)
        {
            char[] items = ['a', 'b', 'c'];
            stream.Shuffle(items.AsSpan());
            string order = new(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        counts.Should().HaveCount(6);
        counts.Values.Sum(c => Math.Pow(c - 10_000, 2) / 10_000).Should().BeLessThan(25);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-3)]
    public void NextIndex_NoChoices_IsRefused(int count)
    {
        Action act = () => new RandomStream(1, "test").NextIndex(count);

        act.Should().Throw<ArgumentOutOfRangeException>();
    }
}
