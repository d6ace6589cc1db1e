using MLExtensions.Benchmarks.Accuracy;

namespace MLExtensions.Benchmarks.Tests.Accuracy;

/// <summary>Rows are divided as the protocols say, and alike for each seed.</summary>
[TestClass]
public sealed class ProtocolTests
{
    [TestMethod]
    public void RandomSplits_Shares_HaveTheirSizesAndAllRowsOnce()
    {
        var protocol = new RandomSplits(Test: 0.2, Validation: 0.16);

        var split = protocol.Splits(Rows(1000), seed: 1).Should().ContainSingle().Which;

        (split.Training.Length, split.Validation.Length, split.Test.Length).Should().Be((640, 160, 200));
        split.Training.Concat(split.Validation).Concat(split.Test).Should().BeEquivalentTo(Enumerable.Range(0, 1000));
        protocol.Splits(Rows(1000), seed: 1).Single().Test.Should().Equal(split.Test);
        protocol.Splits(Rows(1000), seed: 2).Single().Test.Should().NotEqual(split.Test);
    }

    [TestMethod]
    public void GivenTestRows_EverySeed_TestsTheSame()
    {
        var protocol = new GivenTestRows(80, Validation: 0.25);

        var split = protocol.Splits(Rows(100), seed: 1).Single();

        split.Test.Should().Equal(Enumerable.Range(80, 20));
        split.Validation.Should().HaveCount(20);
        split.Seen.Should().BeEquivalentTo(Enumerable.Range(0, 80));
        protocol.Splits(Rows(100), seed: 2).Single().Validation.Should().NotEqual(split.Validation);
    }

    [TestMethod]
    public void Folds_Classes_HaveTheirShareInEach()
    {
        var table = new Table([], [.. Enumerable.Range(0, 103).Select(row => row % 10 == 0 ? 1f : 0)], ["no", "yes"]);

        var splits = new Folds(5).Splits(table, seed: 3).ToList();

        splits.SelectMany(split => split.Test).Should().BeEquivalentTo(Enumerable.Range(0, 103));
        splits.Should().HaveCount(5).And.AllSatisfy(split =>
        {
            split.Test.Length.Should().BeInRange(20, 21);
            split.Test.Count(row => table.Targets[row] > 0).Should().BeInRange(2, 3);
            split.Training.Concat(split.Test).Should().BeEquivalentTo(Enumerable.Range(0, 103));
            split.Training.Should().NotBeInAscendingOrder("classes must not follow one another");
        });
    }

    [TestMethod]
    public void WithValidation_NoneGiven_SetsAShareAside()
    {
        var split = new Split([.. Enumerable.Range(0, 50)], [], [50]).WithValidation(0.2, seed: 1);
        var given = new Split([1, 2], [3], [4]);

        split.Validation.Should().HaveCount(10);
        split.Seen.Should().BeEquivalentTo(Enumerable.Range(0, 50));
        given.WithValidation(0.5, seed: 1).Should().BeSameAs(given);
    }

    [TestMethod]
    public void Limit_ManyRows_KeepsTheirProportions()
    {
        var split = new Split([.. Enumerable.Range(0, 800)], [.. Enumerable.Range(800, 200)], [.. Enumerable.Range(1000, 50)]).Limit(100, seed: 1);

        (split.Training.Length, split.Validation.Length, split.Test.Length).Should().Be((80, 20, 50));
        split.Training.Should().OnlyContain(row => row < 800).And.OnlyHaveUniqueItems();
        split.Validation.Should().OnlyContain(row => row >= 800 && row < 1000);
    }

    private static Table Rows(int count) => new([], new float[count], []);
}
