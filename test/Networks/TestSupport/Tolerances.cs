namespace MLExtensions.Networks.Tests;

/// <summary>How closely floats must match, in one place.</summary>
internal static class Tolerances
{
    /// <summary>One step, or a score, in float against double, relative to the largest value of a tensor.</summary>
    public const double OneStep = 2e-5;

    /// <summary>Several steps in float against double, relative to the largest value of a tensor.</summary>
    public const double SeveralSteps = 2e-4;

    /// <summary>Against values that PyTorch computed in double or float.</summary>
    public const double PyTorch = 1e-5;

    /// <summary>
    /// Asserts that all values are close, relative to the largest expected magnitude, or to 0.01 where all are smaller: what
    /// cancels down to that has the rounding of larger terms.
    /// </summary>
    public static void ShouldBeClose(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double tolerance, string what)
    {
        actual.Length.Should().Be(expected.Length, what);
        double largest = 0.01;
        foreach (double value in expected)
            largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < actual.Length; i++)
        {
            // Negated, so that NaN fails.
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * largest))
                Assert.Fail($"{what}[{i}]: expected {expected[i]:R}, got {actual[i]:R}; the largest is {largest:R}, the tolerance {tolerance}.");
        }
    }

    /// <summary>Asserts that every tensor is close to the reference's.</summary>
    public static void ShouldBeClose(NetworkWeights actual, IReadOnlyDictionary<string, double[]> expected, double tolerance, Func<ParameterTensor, bool>? which = null)
    {
        foreach (ParameterTensor tensor in actual.Layout.Tensors.Where(which ?? (_ => true)))
            ShouldBeClose(actual[tensor], expected[tensor.Name], tolerance, tensor.Name);
    }
}
