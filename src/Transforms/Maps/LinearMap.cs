namespace MLExtensions.Transforms.Maps;

/// <summary>A map of whole vectors, <c>y = (x - center) M + offset</c>, with the matrix that leads back.</summary>
/// <remarks>Every result depends on every slot: one NaN makes all results NaN.</remarks>
internal sealed class LinearMap : WholeMap
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

    public override double[] Centers { get; }

    public double[] Matrix { get; }

    public override double[] Offsets { get; }

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

    public override string WriteOnnx(OnnxGraph graph, string value)
    {
        string deviations = graph.Subtract(value, graph.Constant(Centers, Slots));
        return graph.Add(graph.Node("MatMul", [deviations, graph.Constant(Matrix, Slots, OutputSlots)]), graph.Constant(Offsets, OutputSlots));
    }

    protected override void Map(ReadOnlySpan<double> source, Span<double> destination)
    {
        Offsets.CopyTo(destination);
        for (int slot = 0; slot < source.Length; slot++)
            Multiples.Add(source[slot] - Centers[slot], Matrix.AsSpan(slot * OutputSlots, OutputSlots), destination);
    }

    protected override void MapDeviations(ReadOnlySpan<double> deviations, Span<double> destination)
    {
        destination.Clear();
        for (int slot = 0; slot < deviations.Length; slot++)
            Multiples.Add(deviations[slot], Matrix.AsSpan(slot * OutputSlots, OutputSlots), destination);
    }
}
