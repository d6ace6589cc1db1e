namespace MLExtensions.Networks.Randomness;

/// <summary>
/// Random numbers of one step of a training, as a value that costs no allocation: any engine that knows key and step draws the same.
/// </summary>
/// <param name="key">The key of the purpose, from <see cref="RandomStream.Key"/>.</param>
/// <param name="step">The number of the step, from 0.</param>
internal struct CounterRandom(ulong key, int step)
{
    private ulong _state = Mix(key ^ Mix((uint)step));

    /// <summary>A number uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number uniform in [0, <paramref name="count"/>).</summary>
    /// <param name="count">The number of choices, at least 1.</param>
    public int NextIndex(int count) => (int)Math.BigMul(NextBits(), (ulong)count, out _);

    /// <summary>A number from the symmetric beta distribution.</summary>
    /// <param name="alpha">Both of its parameters, above 0.</param>
    public double NextBeta(double alpha)
    {
        // x / (x + y) of two gamma numbers, by their logarithms: for small α both may be too small for a double.
        double difference = NextLogGamma(alpha) - NextLogGamma(alpha);
        return 1 / (1 + Math.Exp(-difference));
    }

    // Marsaglia, Tsang 2000, "A simple method for generating gamma variables"; below 1, Γ(α) = Γ(α + 1) u^(1/α).
    private double NextLogGamma(double alpha)
    {
        if (alpha < 1)
            return NextLogGamma(alpha + 1) + Math.Log(1 - NextUniform()) / alpha;

        double d = alpha - 1.0 / 3;
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Math.Sqrt(-2 * Math.Log(1 - NextUniform())) * Math.Cos(2 * Math.PI * NextUniform());
            double v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - NextUniform()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return Math.Log(d * v);
        }
    }

    private ulong NextBits()
    {
        ulong result = Mix(_state);
        _state += 0x9E3779B97F4A7C15UL;
        return result;
    }

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
