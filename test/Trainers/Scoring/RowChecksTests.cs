using MLExtensions.Trainers.Rows;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class RowChecksTests
{
    public static IEnumerable<object[]> Lengths => new[] { 0, 1, 5, 8, 16, 17, 54 }.Select(length => new object[] { length });

    [TestMethod]
    [DynamicData(nameof(Lengths))]
    public void CopyFinite_FiniteValues_CopiesAll(int length)
    {
        float[] values = [.. Enumerable.Range(1, length).Select(i => i * (1e38f / length))], copy = new float[length];

        RowChecks.CopyFinite(values, copy).Should().BeTrue();

        copy.Should().Equal(values);
        RowChecks.AllFinite(values).Should().BeTrue();
    }

    [TestMethod]
    [DynamicData(nameof(Lengths))]
    public void CopyFinite_OneIsNot_SaysSoWhereverItStands(int length)
    {
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            for (int place = 0; place < length; place++)
            {
                float[] values = new float[length], copy = new float[length];
                values[place] = bad;

                RowChecks.CopyFinite(values, copy).Should().BeFalse($"{bad} is at {place}");
                RowChecks.AllFinite(values).Should().BeFalse($"{bad} is at {place}");
            }
        }
    }
}
