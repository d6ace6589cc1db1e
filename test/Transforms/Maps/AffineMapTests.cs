using MLExtensions.Transforms.Maps;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class AffineMapTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Apply_AnyLength_IsTheFormulaBitForBit(bool clip)
    {
        for (int length = 0; length <= 256; length++)
        {
            var (map, values) = Random(length, clip);
            double[] doubles = new double[length];
            float[] singles = new float[length];

            map.Apply<double>(values, doubles);
            map.Apply<float>(Array.ConvertAll(values, value => (float)value), singles);

            doubles.Select(BitConverter.DoubleToInt64Bits).Should().Equal(values.Select((value, slot) => BitConverter.DoubleToInt64Bits(Formula(map, value, slot))));
            singles.Select(BitConverter.SingleToInt32Bits).Should().Equal(values.Select((value, slot) => BitConverter.SingleToInt32Bits(map.Apply((float)value, slot))));
            for (int slot = 0; slot < length; slot++)
                CheckRoundedOnce(singles[slot], Formula(map, (float)values[slot], slot));
        }
    }

    // With the product rounded by itself, the sum would lie in the middle between two floats, and be rounded to the other one.
    [TestMethod]
    public void Apply_SumNextToTheMiddleOfTwoFloats_HasTheSameBitsAloneAsInVectors()
    {
        double offset = 1 + 1.0 / (1 << 24) - 5 * 1.1;
        var map = Uniform(64, 0, 1, 1.1, offset, null);
        float[] results = new float[64];

        map.Apply<float>([.. Enumerable.Repeat(5f, 64)], results);

        results.Should().AllSatisfy(result => result.Should().Be(MathF.BitIncrement(1)));
        map.Apply(5f, 0).Should().Be(MathF.BitIncrement(1));
    }

    [TestMethod]
    public void Apply_InPlace_IsTheSame()
    {
        var (map, values) = Random(50, clip: true);
        double[] results = new double[50];
        double[] inPlace = [.. values];

        map.Apply<double>(values, results);
        map.Apply<double>(inPlace, inPlace);

        inPlace.Should().Equal(results);
    }

    // Factor over divisor is infinite here, or too small to be exact, where dividing first is not.
    [TestMethod]
    [DataRow(1e-310, 1.0, 0f, 0f)]
    [DataRow(1e-300, 1e300, 0f, 0f)]
    [DataRow(1e300, 1e-20, 1e38f, 0f)]
    public void Apply_QuotientOfFactorAndDivisorOutOfRange_Divides(double divisor, double factor, float value, float expected)
    {
        var map = Uniform(9, 0, divisor, factor, 0, null);
        float[] results = new float[9];

        map.Apply<float>([.. Enumerable.Repeat(value, 9)], results);

        results.Should().AllSatisfy(result => result.Should().Be(expected));
    }

    [TestMethod]
    public void Apply_SomeSlots_IsWhatAllSlotsGive()
    {
        var (map, values) = Random(40, clip: true);
        double[] all = new double[40];
        int[] slots = [0, 3, 17, 39];
        double[] some = new double[slots.Length];

        map.Apply<double>(values, all);
        map.Apply<double>([.. slots.Select(slot => values[slot])], slots, some);

        some.Should().Equal(slots.Select(slot => all[slot]));
        map.Apply(values[17], 17).Should().Be(all[17]);
    }

    [TestMethod]
    [DataRow(false, double.PositiveInfinity, double.PositiveInfinity)]
    [DataRow(false, double.NegativeInfinity, double.NegativeInfinity)]
    [DataRow(false, double.NaN, double.NaN)]
    [DataRow(true, double.PositiveInfinity, 1)]
    [DataRow(true, double.NegativeInfinity, 0)]
    [DataRow(true, double.NaN, double.NaN)]
    public void Apply_ValueThatIsNotFinite_GivesWhatTheArithmeticGives(bool clip, double value, double expected)
    {
        var map = Uniform(33, 2, 4, 1, 0, clip ? (0, 1) : null);
        double[] results = new double[33];

        map.Apply<double>([.. Enumerable.Repeat(value, 33)], results);

        results.Should().AllSatisfy(result => result.Should().Be(expected));
    }

    [TestMethod]
    public void ApplyToZeros_AnyMap_IsWhatZeroMapsTo()
    {
        var (map, _) = Random(20, clip: false);
        float[] zeros = new float[20];
        float[] expected = new float[20];

        map.ApplyToZeros<float>(zeros);
        map.Apply<float>(new float[20], expected);

        zeros.Should().Equal(expected);
    }

    [TestMethod]
    public void KeepsZero_OneSlotThatMovesZero_IsFalse()
    {
        new AffineMap([0, 0], [2, 3], [1, 1], [0, 0]).KeepsZero.Should().BeTrue();
        new AffineMap([0, 1], [2, 3], [1, 1], [0, 0]).KeepsZero.Should().BeFalse();
        new AffineMap([0, 0], [2, 3], [1, 1], [0.5, 0]).KeepsZero.Should().BeFalse();
        new AffineMap([0, 0], [2, 3], [1, 1], [0, 0], (0.5, 1)).KeepsZero.Should().BeFalse();
    }

    [TestMethod]
    public void Inverse_AnyMap_UndoesItWithoutBounds()
    {
        var (map, values) = Random(50, clip: true);
        double[] mapped = new double[50];
        double[] back = new double[50];
        var unbounded = new AffineMap(map.Centers, map.Divisors, map.Factors, map.Offsets);
        double[] finite = Array.ConvertAll(values, value => double.IsFinite(value) ? value : 0);

        unbounded.Apply<double>(finite, mapped);
        map.Inverse().Apply<double>(mapped, back);

        map.Inverse().Bounds.Should().BeNull();
        foreach (var (one, other) in back.Zip(finite))
            one.Should().BeApproximately(other, 1e-9);
    }

    [TestMethod]
    public void Constructor_ZeroDivisorOrFactorOrOtherLength_IsRefused()
    {
        Action[] makes =
        [
            () => _ = new AffineMap([1], [0], [1], [1]),
            () => _ = new AffineMap([1], [1], [0], [1]),
            () => _ = new AffineMap([1, 2], [1], [1], [1]),
        ];

        foreach (var make in makes)
            make.Should().Throw<ArgumentException>();
    }

    // Half a unit in the last place, and the little that the double before the rounding is off.
    private static void CheckRoundedOnce(float actual, double exact)
    {
        if (double.IsNaN(exact))
            actual.Should().Be(float.NaN);
        else
            Math.Abs(actual - exact).Should().BeLessThanOrEqualTo(0.50001 * (MathF.BitIncrement(MathF.Abs((float)exact)) - MathF.Abs((float)exact)) + 1e-15);
    }

    private static AffineMap Uniform(int slots, double center, double divisor, double factor, double offset, (double, double)? bounds) =>
        new(Repeat(center, slots), Repeat(divisor, slots), Repeat(factor, slots), Repeat(offset, slots), bounds);

    private static double[] Repeat(double value, int count) => [.. Enumerable.Repeat(value, count)];

    private static (AffineMap Map, double[] Values) Random(int length, bool clip)
    {
        var random = new Random(length);
        double[] Draw(double from, double to) => [.. Enumerable.Range(0, length).Select(_ => from + (to - from) * random.NextDouble())];
        double[] values = Draw(-10, 10);
        for (int slot = 0; slot < length; slot += 7)
            values[slot] = slot % 2 == 0 ? double.NaN : 0;
        return (new AffineMap(Draw(-3, 3), Draw(0.1, 5), Draw(0.5, 2), Draw(-1, 1), clip ? (-1, 1.5) : null), values);
    }

    private static double Formula(AffineMap map, double value, int slot)
    {
        double result = (value - map.Centers[slot]) / map.Divisors[slot] * map.Factors[slot] + map.Offsets[slot];
        return map.Bounds is { } bounds ? Math.Clamp(result, bounds.Lower, bounds.Upper) : result;
    }
}
