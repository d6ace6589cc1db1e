using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Scoring;

namespace MLExtensions.Networks.Tests.Scoring;

[TestClass]
public sealed class DropoutScorerTests
{
    [TestMethod]
    [DataRow(1, 3)]
    [DataRow(7, 20)]
    [DataRow(33, 48)]
    [DataRow(70, 131)]
    public void ScoreMembers_OneLayer_LeavesUnitsOutAndScalesTheRest(int units, int passes)
    {
        var network = new NetworkDescription(2, 1, [new LinearLayer(2, units), new DropoutLayer(0.4f), new LinearLayer(units, 1)]);
        var weights = Draw(network);
        float[] row = [0.7f, -1.3f], outputs = new float[passes];

        new DropoutScorer(network, weights, passes, seed: 3).ScoreMembers(row, outputs);

        double[] terms = TermsOf(weights, units, row);
        if (units < 10)
        {
            double[] possible = [.. Enumerable.Range(0, 1 << units).Select(kept => weights["2.bias"][0] + terms.Where((_, unit) => (kept >> unit & 1) == 1).Sum() / 0.6)];
            outputs.Should().OnlyContain(output => possible.Min(value => Math.Abs(value - output)) < 1e-5);
            outputs.Distinct().Should().HaveCountGreaterThan(1);
        }
        else
        {
            outputs.Should().OnlyHaveUniqueItems();
        }
    }

    [TestMethod]
    public void ScoreMembers_ManyPasses_HaveMeanAndDeviationOfDropout()
    {
        const int units = 24, passes = 20_000;
        const float rate = 0.25f;
        var network = new NetworkDescription(2, 1, [new LinearLayer(2, units), new DropoutLayer(rate), new LinearLayer(units, 1)]);
        var weights = Draw(network);
        float[] row = [0.7f, -1.3f], outputs = new float[passes];

        new DropoutScorer(network, weights, passes, seed: 3).ScoreMembers(row, outputs);

        // A sum of terms each of which is t / (1 - rate) with probability 1 - rate and else 0.
        double[] terms = TermsOf(weights, units, row);
        double mean = weights["2.bias"][0] + terms.Sum(), deviation = Math.Sqrt(terms.Sum(term => term * term * rate / (1 - rate)));
        outputs.Average(output => (double)output).Should().BeApproximately(mean, 4 * deviation / Math.Sqrt(passes));
        Math.Sqrt(outputs.Average(output => (output - mean) * (output - mean))).Should().BeApproximately(deviation, 0.03 * deviation);
    }

    [TestMethod]
    public void ScoreMembers_MorePasses_BeginWithTheSame()
    {
        var network = Deep();
        var weights = Draw(network);
        float[] row = [0.1f, 0.2f, -0.4f], few = new float[10 * 2], many = new float[200 * 2];

        new DropoutScorer(network, weights, 10, seed: 3).ScoreMembers(row, few);
        new DropoutScorer(network, weights, 200, seed: 3).ScoreMembers(row, many);

        many[..few.Length].Should().Equal(few, "each pass has units of its own, in whatever portion it is computed");
    }

    [TestMethod]
    public void ScoreMembers_AnotherSeed_LeavesOutOthers()
    {
        var network = Deep();
        var weights = Draw(network);
        float[] first = new float[20], second = new float[20];

        new DropoutScorer(network, weights, 10, seed: 3).ScoreMembers([1, 2, 3], first);
        new DropoutScorer(network, weights, 10, seed: 4).ScoreMembers([1, 2, 3], second);

        second.Should().NotEqual(first);
    }

    [TestMethod]
    public void ScoreMembers_DropoutOfInputs_LeavesOutInputs()
    {
        var network = new NetworkDescription(1, 1, [new DropoutLayer(0.5f), new LinearLayer(1, 1)]);
        var weights = new NetworkWeights(new ParameterLayout(network));
        weights["1.weight"][0] = 3;
        weights["1.bias"][0] = 1;
        float[] outputs = new float[100];

        new DropoutScorer(network, weights, 100, seed: 3).ScoreMembers([2], outputs);

        outputs.Distinct().Should().BeEquivalentTo([1f, 13f]);
        outputs.Count(output => output == 1).Should().BeInRange(35, 65);
    }

    [TestMethod]
    public void New_NetworkWithoutDropout_IsRefused()
    {
        var network = new NetworkDescription(1, 1, [new DropoutLayer(0), new LinearLayer(1, 1)]);

        FluentActions.Invoking(() => new DropoutScorer(network, new NetworkWeights(new ParameterLayout(network)), 2, seed: 1)).Should().Throw<ArgumentException>().WithMessage("The network has no dropout.*");
    }

    /// <summary>What each of the hidden units adds to the output.</summary>
    private static double[] TermsOf(NetworkWeights weights, int units, float[] row) => [.. Enumerable.Range(0, units).Select(unit =>
        weights["2.weight"][unit] * (weights["0.bias"][unit] + (double)weights["0.weight"][2 * unit] * row[0] + (double)weights["0.weight"][2 * unit + 1] * row[1]))];

    private static NetworkDescription Deep() => new(3, 2,
    [
        new LinearLayer(3, 40), new BatchNormalizationLayer(40), new ActivationLayer(Activation.Relu), new DropoutLayer(0.2f),
        new LinearLayer(40, 9), new ActivationLayer(Activation.Silu), new DropoutLayer(0.5f), new LinearLayer(9, 2),
    ]);

    private static NetworkWeights Draw(NetworkDescription network)
    {
        var weights = new NetworkWeights(new ParameterLayout(network));
        var random = new RandomStream(1, "test");
        foreach (ref float value in weights.Values.AsSpan())
            value = (float)Math.Abs(random.NextNormal());
        return weights;
    }
}
