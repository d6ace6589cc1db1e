using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Noise;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed unsafe class DropoutMaskTests
{
    private const ulong Key = 0x0123456789ABCDEF;

    [TestMethod]
    [DataRow(0f)]
    [DataRow(0.1f)]
    [DataRow(0.5f)]
    [DataRow(0.9f)]
    public void Mask_ManyValues_KeepsTheRightShareScaledUp(float rate)
    {
        const int Rows = 200;
        const int Columns = 500;
        float[] values = [.. Enumerable.Range(0, Rows).SelectMany(row => DropoutMasks.Row(rate, Key, layer: 2, step: 7, row, Columns))];

        double kept = values.Count(v => v != 0) / (double)values.Length;

        double deviation = Math.Sqrt(rate * (1 - rate) / values.Length);
        kept.Should().BeApproximately(1 - rate, 5 * deviation + 1e-9);
        values.Where(v => v != 0).Should().AllBeEquivalentTo((float)(1 / (1 - (double)rate)));
    }

    [TestMethod]
    public void Mask_SamePlace_IsTheSame()
    {
        float[] first = DropoutMasks.Row(0.5f, Key, layer: 1, step: 3, row: 4, columns: 100);
        float[] second = DropoutMasks.Row(0.5f, Key, layer: 1, step: 3, row: 4, columns: 100);

        second.Should().Equal(first);
    }

    [TestMethod]
    [DataRow(Key + 1, 1, 3, 4)]
    [DataRow(Key, 2, 3, 4)]
    [DataRow(Key, 1, 4, 4)]
    [DataRow(Key, 1, 3, 5)]
    public void Mask_OtherKeyLayerStepOrRow_IsIndependent(ulong key, int layer, int step, int row)
    {
        const int Columns = 10_000;
        float[] first = DropoutMasks.Row(0.5f, Key, layer: 1, step: 3, row: 4, Columns);
        float[] second = DropoutMasks.Row(0.5f, key, layer, step, row, Columns);

        int equal = first.Zip(second, (a, b) => a == b).Count(same => same);

        // Independent masks of rate 1/2 agree in half of the places, give or take 50 of them.
        equal.Should().BeInRange(Columns / 2 - 250, Columns / 2 + 250);
    }

    [TestMethod]
    public void Mask_NeighbouringUnits_AreIndependent()
    {
        float[] mask = DropoutMasks.Row(0.5f, Key, layer: 0, step: 0, row: 0, columns: 10_000);

        foreach (int lag in new[] { 1, 2, 16, 64, 1024 })
        {
            int equal = mask.Skip(lag).Zip(mask, (a, b) => a == b).Count(same => same);
            equal.Should().BeInRange((mask.Length - lag) / 2 - 250, (mask.Length - lag) / 2 + 250);
        }
    }

    [TestMethod]
    public void Mask_AnyVectorWidth_IsTheSame()
    {
        var masks = new List<float[]>();

        VectorKernels.RunAllWidths(new OneMask(masks));

        masks.Should().HaveCount(4);
        masks.Should().AllSatisfy(mask => mask.Should().Equal(masks[0]));
    }

    private readonly struct OneMask(List<float[]> masks) : IVectorKernel
    {
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            var ones = new AlignedBuffer(3 * 32);
            ones.Span.Fill(1);
            new DropoutMask(0.3f, Key, layer: 5)
                .ForStep(9, new RowRange(10, 13), firstColumn: 32, columns: 70, ones.Pointer, ones.Pointer, width: 32).Run<TVector>();
            masks.Add(ones.Span.ToArray());
        }
    }
}
