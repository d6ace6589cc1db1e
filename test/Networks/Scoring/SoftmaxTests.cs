using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Scoring;

namespace MLExtensions.Networks.Tests.Scoring;

[TestClass]
[TestCategory("Engine")]
public sealed class SoftmaxTests
{
    [TestMethod]
    [DataRow(1, 1f)]
    [DataRow(2, 0.5f)]
    [DataRow(7, 1f)]
    [DataRow(16, 3f)]
    [DataRow(37, 1f)]
    public void Apply_AnyNumberOfClasses_GivesTheProbabilities(int classes, float temperature)
    {
        float[] logits = Draw(classes), actual = [.. logits];
        double[] exps = [.. logits.Select(logit => Math.Exp((double)logit / temperature))];

        Softmax.Apply(actual, temperature);

        actual.Zip(exps, (probability, exp) => Math.Abs(probability - exp / exps.Sum())).Should().OnlyContain(error => error < 2e-7);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(16)]
    [DataRow(37)]
    public void ApplyToRows_ManyRows_GivesTheBitsOfEachAlone(int classes)
    {
        float[] rows = Draw(classes * 11), alone = [.. rows];
        for (int row = 0; row < 11; row++)
            Softmax.Apply(alone.AsSpan(row * classes, classes), 0.7f);

        Softmax.ApplyToRows(rows, classes, 0.7f);

        rows.Should().Equal(alone);
    }

    [TestMethod]
    public void Apply_LogitsFarApart_GivesZeroAndOneWithoutOverflow()
    {
        float[] logits = [1e4f, -1e4f, 1e4f - 200];

        Softmax.Apply(logits);

        logits.Should().Equal(1, 0, 0);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(6)]
    public void ApplyToRows_OneLogitIsNaN_SpoilsItsRowAlone(int place)
    {
        float[] logits = new float[21];
        logits[7 + place] = float.NaN;

        Softmax.ApplyToRows(logits, classes: 7);

        logits[..7].Should().OnlyContain(value => value == 1 / 7f);
        logits[7..14].Should().OnlyContain(value => float.IsNaN(value));
        logits[14..].Should().OnlyContain(value => value == 1 / 7f);
    }

    private static float[] Draw(int count)
    {
        var random = new RandomStream(1, "logits");
        return [.. Enumerable.Range(0, count).Select(_ => (float)(20 * random.NextUniform() - 10))];
    }
}
