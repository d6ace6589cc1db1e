namespace MLExtensions.Transforms.Archives;

/// <summary>Takes the numbers of one column from an archive.</summary>
internal sealed class NumbersReader(ScaledColumnDescription column, TensorSet tensors)
{
    /// <summary>The name of the result, for messages.</summary>
    public string OutputColumnName => column.OutputColumnName;

    /// <summary>The number of slots of the column; 1 for a scalar.</summary>
    public int Slots => column.VectorSize ?? 1;

    /// <summary>What the numbers are, where there are several kinds.</summary>
    public MapKind? Kind => column.Numbers?.Kind;

    /// <summary>Whether the numbers are those of the map whose inverse is meant.</summary>
    public bool IsInverse => column.Numbers?.IsInverse ?? false;

    /// <summary>A size in the shapes besides the number of slots.</summary>
    /// <exception cref="FormatException">It is missing or not positive.</exception>
    public int Size => column.Numbers?.Size is > 0 and var size
        ? size
        : throw new FormatException(Invariant($"it gives the numbers of column '{OutputColumnName}' the size {column.Numbers?.Size}"));

    /// <summary>Takes a number per slot.</summary>
    /// <exception cref="FormatException">The numbers are missing or of another shape.</exception>
    public double[] Take(string name) => Take(name, Slots);

    /// <summary>Takes numbers of a shape.</summary>
    /// <exception cref="FormatException">The numbers are missing or of another shape.</exception>
    public double[] Take(string name, params int[] shape) => column.Take(tensors, name, shape);

    /// <summary>Takes as many numbers, none of which is zero or negative.</summary>
    /// <exception cref="FormatException">The numbers are missing, of another shape or not positive.</exception>
    public double[] TakePositive(string name, int count)
    {
        double[] values = Take(name, count);
        return Array.TrueForAll(values, value => value > 0)
            ? values
            : throw new FormatException($"the {name} of column '{OutputColumnName}' must be positive");
    }
}

/// <summary>Numbers of a column in an archive.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Values">The numbers, row-major.</param>
/// <param name="Shape">Their shape; without one, a number per slot.</param>
internal sealed record NamedNumbers(string Name, IReadOnlyList<double> Values, params int[] Shape);
