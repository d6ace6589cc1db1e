using MLExtensions.Networks.Threading;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class PartTicketsTests
{
    [TestMethod]
    public void TryTake_OwnPartsLeft_GivesNeighboursOfTheSameRange()
    {
        var tickets = new PartTickets(3);
        tickets.Open(phase: 1, parts: 10, members: 2);

        Take(tickets, phase: 1, member: 1).Should().Be(5);
        Take(tickets, phase: 1, member: 0).Should().Be(0);
        Take(tickets, phase: 1, member: 1).Should().Be(6);
    }

    [TestMethod]
    public void TryTake_OwnPartsTaken_TakesFromOthersUntilNoneIsLeft()
    {
        var tickets = new PartTickets(3);
        tickets.Open(phase: 1, parts: 10, members: 3);

        int[] taken = [.. Enumerable.Range(0, 10).Select(_ => Take(tickets, phase: 1, member: 2))];

        taken.Should().Equal(6, 7, 8, 9, 0, 1, 2, 3, 4, 5);
        tickets.TryTake(1, 2, out _).Should().BeFalse();
    }

    [TestMethod]
    public void TryTake_OtherPhase_GivesNothingAndTakesNothing()
    {
        var tickets = new PartTickets(2);
        tickets.Open(phase: 7, parts: 2, members: 2);

        tickets.TryTake(6, 0, out _).Should().BeFalse();
        tickets.TryTake(8, 1, out _).Should().BeFalse();

        Take(tickets, phase: 7, member: 0).Should().Be(0);
        Take(tickets, phase: 7, member: 0).Should().Be(1);
    }

    [TestMethod]
    public void TryTake_MostParts_CountsThemAll()
    {
        var tickets = new PartTickets(1);
        tickets.Open(phase: (1 << 23) - 1, PartTickets.MaximumParts, members: 1);

        for (int part = 0; part < PartTickets.MaximumParts; part++)
        {
            if (Take(tickets, (1 << 23) - 1, member: 0) != part)
                Assert.Fail($"part {part}");
        }
        tickets.TryTake((1 << 23) - 1, 0, out _).Should().BeFalse();
    }

    private static int Take(PartTickets tickets, int phase, int member) =>
        tickets.TryTake(phase, member, out int part) ? part : throw new InvalidOperationException("No part is left.");
}
