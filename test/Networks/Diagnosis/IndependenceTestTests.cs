using MLExtensions.Networks.Diagnosis;

namespace MLExtensions.Networks.Tests.Diagnosis;

[TestClass]
public sealed class IndependenceTestTests
{
    [TestMethod]
    [DataRow(2, 0.05)]
    [DataRow(8, 0.05)]
    [DataRow(8, 0.01)]
    public void Rejects_Unrelated_AsOftenAsItSays(int groups, double chance)
    {
        var random = new Random(1);

        int rejected = Enumerable.Range(0, 2000).Count(_ =>
            IndependenceTest.Rejects([.. Enumerable.Range(0, 200).Select(_ => random.Next(groups))], [.. Enumerable.Range(0, 200).Select(_ => random.NextSingle())], chance));

        (rejected / 2000.0).Should().BeInRange(0.5 * chance, 1.6 * chance);
    }

    [TestMethod]
    public void Rejects_OtherMeanInOneGroup_IsSeen()
    {
        var random = new Random(1);
        int[] groups = [.. Enumerable.Range(0, 400).Select(i => i % 4)];

        IndependenceTest.Rejects(groups, [.. groups.Select(group => random.NextSingle() + (group == 2 ? 0.3f : 0))], 1e-4).Should().BeTrue();
    }

    [TestMethod]
    public void Rejects_OneGroupOrOneValue_IsNoRelation()
    {
        IndependenceTest.Rejects(new int[50], [.. Enumerable.Range(0, 50).Select(i => (float)i)], 0.5).Should().BeFalse();
        IndependenceTest.Rejects([.. Enumerable.Range(0, 50).Select(i => i % 2)], new float[50], 0.5).Should().BeFalse();
    }
}
