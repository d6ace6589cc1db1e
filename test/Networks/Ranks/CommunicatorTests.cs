namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class CommunicatorTests
{
    [TestMethod]
    [DataRow(1, 7)]
    [DataRow(2, 1)]
    [DataRow(3, 0)]
    [DataRow(3, 1000)]
    [DataRow(3, 1025)]
    [DataRow(4, 5003)]
    [DataRow(2, 600_001)]
    public void Sum_AnyLength_AddsInTheOrderOfRanks(int ranks, int length)
    {
        static float Value(int rank, int i) => 1f / (3 + i % 101) * (rank % 2 == 0 ? 1e4f : -1.1e-3f * rank);
        float[] expected = [.. Enumerable.Range(0, length).Select(i => Enumerable.Range(1, ranks - 1).Aggregate(Value(0, i), (sum, rank) => sum + Value(rank, i)))];

        float[][] sums = ThreadCommunicator.Run(ranks, communicator =>
        {
            float[] values = [.. Enumerable.Range(0, length).Select(i => Value(communicator.Rank, i))];
            communicator.Sum(values);
            return values;
        });

        foreach (float[] sum in sums)
            sum.AsSpan().SequenceEqual(expected).Should().BeTrue();
    }

    [TestMethod]
    public void Sum_OfDoubles_KeepsTheirPrecision()
    {
        double[][] sums = ThreadCommunicator.Run(2, communicator =>
        {
            double[] values = [communicator.Rank == 0 ? 1 : 1e-12, 3];
            communicator.Sum(values);
            return values;
        });

        sums.Should().AllBeEquivalentTo(new[] { 1 + 1e-12, 6 });
    }

    [TestMethod]
    public void Enter_TwoTrainingsAtOnce_IsRefused()
    {
        string[] messages = ThreadCommunicator.Run(1, communicator =>
        {
            communicator.Enter();
            string message = Assert.ThrowsExactly<InvalidOperationException>(communicator.Enter).Message;
            communicator.Leave();
            communicator.Enter();
            return message;
        });

        messages[0].Should().StartWith("Two trainings of this process use one Communicator at the same time");
    }
}
