namespace MLExtensions.Networks.Tests;

/// <summary>sin(f x + π / 4): neither zero at zero, as padding is, nor its own derivative.</summary>
internal sealed record Sine(float Frequency) : IActivationFunction
{
    /// <summary>Registered for all tests.</summary>
    public static CustomActivation Activation { get; } = CustomActivation.Register("tests.sine", new Sine(1.5f));

    public void Evaluate(ReadOnlySpan<float> x, Span<float> values)
    {
        for (int i = 0; i < x.Length; i++)
            values[i] = (float)Math.Sin(Frequency * (double)x[i] + Math.PI / 4);
    }

    public void Differentiate(ReadOnlySpan<float> x, Span<float> derivatives)
    {
        for (int i = 0; i < x.Length; i++)
            derivatives[i] = (float)(Frequency * Math.Cos(Frequency * (double)x[i] + Math.PI / 4));
    }
}
