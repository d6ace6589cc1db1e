namespace MLExtensions.Networks;

/// <summary>
/// Rows that are orthogonal, or columns where there are more rows than columns; all of length <see cref="Gain"/>. Every such matrix is
/// equally likely.
/// </summary>
/// <param name="Gain">The length; positive and finite, 1 by default. √2 suits ReLU.</param>
/// <remarks>Saxe, McClelland, Ganguli 2013, arXiv 1312.6120; distributed as PyTorch's <c>orthogonal_</c>.</remarks>
public sealed record OrthogonalInitializer(float Gain = 1) : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random)
    {
        // More than fanOut where a unit has several pieces.
        int outputs = weights.Length / fanIn;
        bool areRows = outputs <= fanIn;
        int count = Math.Min(fanIn, outputs), length = Math.Max(fanIn, outputs);
        double[] vectors = new double[(long)count * length];
        foreach (ref double value in vectors.AsSpan())
            value = random.NextNormal();

        for (int i = 0; i < count; i++)
        {
            Orthonormalize(vectors, i, length);
            for (int j = 0; j < length; j++)
                weights[areRows ? i * fanIn + j : j * fanIn + i] = (float)(Gain * vectors[i * length + j]);
        }
    }

    internal override IEnumerable<string> Validate() => Failures(Positive(Gain));

    // Gram-Schmidt, which gives the QR factors with a positive diagonal; the second round takes out what rounding left of the first.
    private static void Orthonormalize(double[] vectors, int index, int length)
    {
        var vector = vectors.AsSpan(index * length, length);
        for (int round = 0; round < 2; round++)
        {
            for (int before = 0; before < index; before++)
            {
                var other = vectors.AsSpan(before * length, length);
                SubtractMultiple(vector, Dot(vector, other), other);
            }
        }

        double norm = Math.Sqrt(Dot(vector, vector));
        foreach (ref double value in vector)
            value /= norm;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sums = Vector<double>.Zero;
        var xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        var ys = MemoryMarshal.Cast<double, Vector<double>>(y);
        for (int i = 0; i < xs.Length; i++)
            sums += xs[i] * ys[i];
        double sum = Vector.Sum(sums);
        for (int i = xs.Length * Vector<double>.Count; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    private static void SubtractMultiple(Span<double> x, double factor, ReadOnlySpan<double> y)
    {
        var xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        var ys = MemoryMarshal.Cast<double, Vector<double>>(y);
        for (int i = 0; i < xs.Length; i++)
            xs[i] -= ys[i] * factor;
        for (int i = xs.Length * Vector<double>.Count; i < x.Length; i++)
            x[i] -= factor * y[i];
    }
}
