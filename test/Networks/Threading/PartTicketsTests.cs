using MLExtensions.Networks.Threading;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class PartTicketsTests
{
    [TestMethod]
    public void TryTake_PartsLeft_GivesNeighboursOfTheSameRange()
    {
        var tickets = new PartTickets(3);

        Take(tickets, phase: 1, parts: 10, members: 2, owner: 1).Should().Be(5);
        Take(tickets, phase: 1, parts: 10, members: 2, owner: 0).Should().Be(0);
        Take(tickets, phase: 1, parts: 10, members: 2, owner: 1).Should().Be(6);
    }

    [TestMethod]
    [DataRow(10, 3)]
    [DataRow(2, 3)]
    [DataRow(1, 1)]
    [DataRow(64, 5)]
    public void TryTake_AllRanges_GivesEachPartOnce(int parts, int members)
    {
        var tickets = new PartTickets(5);

        // Phases of other sizes before and after it, as the words are the same.
        foreach (int phase in new[] { 3, 4, 9 })
        {
            int[] taken = [.. Enumerable.Range(0, members).SelectMany(owner => TakeAll(tickets, phase, parts + phase, members, owner))];

            taken.Should().Equal(Enumerable.Range(0, parts + phase));
        }
    }

    [TestMethod]
    public void TryTake_EarlierPhase_GivesNothingAndTakesNothing()
    {
        var tickets = new PartTickets(2);
        Take(tickets, phase: 7, parts: 4, members: 2, owner: 0).Should().Be(0);

        // Nor does one that thinks of other parts.
        tickets.TryTake(6, 4, 2, 0, out _).Should().BeFalse();
        tickets.TryTake(6, 100, 1, 0, out _).Should().BeFalse();

        Take(tickets, phase: 7, parts: 4, members: 2, owner: 0).Should().Be(1);
        tickets.TryTake(7, 4, 2, 0, out _).Should().BeFalse();
    }

    [TestMethod]
    public void TryTake_MostPartsOfALatePhase_CountsThemAll()
    {
        var tickets = new PartTickets(1);
        long phase = (1L << 42) - 1;

        for (int part = 0; part < PartTickets.MaximumParts; part++)
        {
            if (Take(tickets, phase, PartTickets.MaximumParts, members: 1, owner: 0) != part)
                Assert.Fail($"part {part}");
        }
        tickets.TryTake(phase, PartTickets.MaximumParts, 1, 0, out _).Should().BeFalse();
    }

    private static int Take(PartTickets tickets, long phase, int parts, int members, int owner) =>
        tickets.TryTake(phase, parts, members, owner, out int part) ? part : throw new InvalidOperationException("No part is left.");

    private static IEnumerable<int> TakeAll(PartTickets tickets, long phase, int parts, int members, int owner)
    {
        while (tickets.TryTake(phase, parts, members, owner, out int part))
            yield return part;
    }
}
