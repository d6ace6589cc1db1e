using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Update;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class UpdateSharesTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(7)]
    [DataRow(16)]
    public void Update_AnyNumberOfMembers_GivesEveryRowToOneOfThem(int members)
    {
        RecordingLayer[] layers = [new(54 + 1, 64), new(1, 128), new(0, 0), new(64 + 1, 16), new(17, 16), new(700, 256), new(1, 16)];
        var shares = new UpdateShares(layers);

        for (int member = 0; member < members; member++)
            shares.Update(member, members, batchRows: 1, null!, UpdatePart.Both);

        foreach (RecordingLayer layer in layers)
        {
            layer.Updated.SelectMany(rows => Enumerable.Range(rows.First, rows.Count))
                .Should().Equal(Enumerable.Range(0, layer.ParameterRows));
            layer.Updated.Where(rows => rows.First % UpdateShares.Granularity != 0).Should().BeEmpty();
        }
    }

    [TestMethod]
    public void Update_TwoMembers_SharesAreNearlyEqual()
    {
        RecordingLayer[] layers = [new(54 + 1, 256), new(257, 256), new(257, 16)];
        var shares = new UpdateShares(layers);

        shares.Update(0, 2, batchRows: 1, null!, UpdatePart.Both);

        double share = layers.Sum(layer => layer.Updated.Sum(rows => rows.Count) * layer.ParameterRowLength);
        share.Should().BeInRange(0.47 * layers.Sum(l => l.ParameterRows * l.ParameterRowLength), 0.53 * layers.Sum(l => l.ParameterRows * l.ParameterRowLength));
    }

    private sealed class RecordingLayer(int rows, int rowLength) : ManagedLayer(new StripMatrix(1, 1), new StripMatrix(1, 1), null)
    {
        public List<RowRange> Updated { get; } = [];

        public override int ParameterRows => rows;

        public override int ParameterRowLength => rowLength;

        public override void Forward(RowRange rows, int step) => throw new NotSupportedException();

        public override void Backward(RowRange rows, int step) => throw new NotSupportedException();

        public override void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part) => Updated.Add(parameterRows);
    }
}
