using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks.Tests;

[TestClass]
public sealed class NumbersTests
{
    [TestMethod]
    public void Fill_Rows_GivesTheNumbersThatThePythonScriptMakes()
    {
        float[] row = new float[3];

        Numbers.Fill(row: 1, row);

        // numbers(2, 3)[1] of peers.py.
        row.Should().Equal(0.708203911781311f, -0.11145639419555664f, -2.4589805603027344f);
    }
}
