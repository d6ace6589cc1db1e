namespace MLExtensions.Transforms.Maps;

/// <summary>A map of whole vectors, <c>y = (x - center) M + offset</c>, with the matrix that leads back.</summary>
/// <remarks>Every result depends on every slot: one NaN makes all results NaN.</remarks>
internal sealed class LinearMap : ColumnMap
{
    /// <param name="centers">What is subtracted, per slot.</param>
    /// <param name="matrix"><c>[slots x outputs]</c>, row-major.</param>
    /// <param name="offsets">What is added, per output.</param>
    /// <param name="back"><c>[outputs x slots]</c>, row-major: the matrix of the inverse.</param>
    /// <param name="keepsSlots">Whether a result is still its slot, freed from the others, rather than something of its own.</param>
    public LinearMap(double[] centers, double[] matrix, double[] offsets, double[] back, bool keepsSlots)
    {
        if (matrix.Length != (long)centers.Length * offsets.Length || back.Length != matrix.Length)
            throw new ArgumentException($"Matrices of {centers.Length} by {offsets.Length} are needed, got {matrix.Length} and {back.Length} numbers.");

        Centers = centers;
        Matrix = matrix;
        Offsets = offsets;
        Back = back;
        KeepsSlots = keepsSlots;
    }

    public double[] Centers { get; }

    public double[] Matrix { get; }

    public double[] Offsets { get; }

    public double[] Back { get; }

    public override int Slots => Centers.Length;

    public override int OutputSlots => Offsets.Length;

    public override bool KeepsSlots { get; }

    public override LinearMap Inverse() => new(Offsets, Back, Centers, Matrix, KeepsSlots);

    public override NumbersDescription? Describe() => new(KeepsSlots ? MapKind.LinearOfSlots : MapKind.Linear, OutputSlots);

    public override IEnumerable<NamedNumbers> Write() =>
        [new("centers", Centers), new("matrix", Matrix, Slots, OutputSlots), new("offsets", Offsets), new("back", Back, OutputSlots, Slots)];

    /// <summary>Takes the numbers that <see cref="Write"/> gave.</summary>
    public static LinearMap Read(NumbersReader numbers, bool keepsSlots) =>
        new(numbers.Take("centers"), numbers.Take("matrix", numbers.Slots, numbers.Size), numbers.Take("offsets", numbers.Size),
            numbers.Take("back", numbers.Size, numbers.Slots), keepsSlots);

    /// <summary>Maps a vector.</summary>
    /// <param name="source">A number per slot.</param>
    /// <param name="destination">A number per output.</param>
    public void Apply(ReadOnlySpan<double> source, Span<double> destination)
    {
        Offsets.CopyTo(destination);
        for (int slot = 0; slot < source.Length; slot++)
            Multiples.Add(source[slot] - Centers[slot], Matrix.AsSpan(slot * OutputSlots, OutputSlots), destination);
        if (!AllFinite(destination) && AllFinite(source))
            ApplyScaled(source, destination);
    }

    // Sums of huge products pass through infinity, and infinity less infinity is not a number: with both factors brought below 2,
    // only the result overflows, and only where it must.
    private void ApplyScaled(ReadOnlySpan<double> source, Span<double> destination)
    {
        double[] halves = new double[source.Length];
        for (int slot = 0; slot < source.Length; slot++)
            halves[slot] = source[slot] / 2 - Centers[slot] / 2;
        int exponent = ExponentOf(halves);
        int matrixExponent = ExponentOf(Matrix);
        for (int output = 0; output < destination.Length; output++)
        {
            double sum = 0;
            for (int slot = 0; slot < halves.Length; slot++)
                sum += Math.ScaleB(halves[slot], -exponent) * Math.ScaleB(Matrix[slot * OutputSlots + output], -matrixExponent);
            destination[output] = Math.ScaleB(sum, exponent + matrixExponent + 1) + Offsets[output];
        }
    }

    private static int ExponentOf(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest > 0 ? Math.ILogB(largest) : 0;
    }

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }
        return true;
    }
}
