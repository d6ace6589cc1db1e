using MLExtensions.Networks.Diagnosis;

namespace MLExtensions.Networks.Tests.Diagnosis;

[TestClass]
public sealed class LeakTestTests
{
    private readonly Random _random = new(1);

    [TestMethod]
    public void Look_LabelWithLittleNoise_IsALeak()
    {
        float[] classes = [.. Enumerable.Range(0, 300).Select(i => (float)(i % 2))];

        LeakTest.Look([.. classes.Select(value => value + 0.1f * Normal())], isCategory: false, SampledTarget.OfClasses(classes)).Should().Be("tells the class of 100 % of the rows");
        LeakTest.Look([.. classes.Select(value => 5 - 2 * value)], isCategory: false, SampledTarget.OfClasses(classes)).Should().NotBeNull();
    }

    [TestMethod]
    public void Look_NumberCutInTwo_IsNoLeak()
    {
        float[] normal = [.. Enumerable.Range(0, 300).Select(_ => Normal())], uniform = [.. Enumerable.Range(0, 300).Select(_ => _random.NextSingle() - 0.5f)];

        foreach (float[] values in new[] { normal, uniform })
            LeakTest.Look(values, isCategory: false, SampledTarget.OfClasses([.. values.Select(value => value > 0 ? 1f : 0)])).Should().BeNull();
    }

    [TestMethod]
    [DataRow(0.05f, true)]
    [DataRow(0.3f, false)]
    public void Look_Amount_IsALeakWithLittleNoise(float noise, bool isLeak)
    {
        float[] amounts = [.. Enumerable.Range(0, 300).Select(_ => Normal())];

        string? text = LeakTest.Look([.. amounts.Select(value => 7 - 3 * (value + noise * Normal()))], isCategory: false, SampledTarget.OfAmounts(amounts));

        (text is not null).Should().Be(isLeak);
    }

    [TestMethod]
    public void Look_AmountBentMonotonically_IsALeak()
    {
        float[] amounts = [.. Enumerable.Range(0, 300).Select(_ => Normal())];

        LeakTest.Look([.. amounts.Select(value => MathF.Exp(2 * value))], isCategory: false, SampledTarget.OfAmounts(amounts)).Should().Be("has a correlation of 1.0000 with it");
    }

    [TestMethod]
    public void Look_CategoryOfEachClass_IsALeak()
    {
        float[] classes = [.. Enumerable.Range(0, 300).Select(i => (float)(i % 3))];

        LeakTest.Look([.. classes.Select(value => 2 - value)], isCategory: true, SampledTarget.OfClasses(classes)).Should().NotBeNull();
        LeakTest.Look([.. classes.Select(value => _random.NextSingle() < 0.1 ? 0 : 2 - value)], isCategory: true, SampledTarget.OfClasses(classes)).Should().BeNull();
    }

    private float Normal() => (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
}
