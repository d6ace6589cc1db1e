namespace MLExtensions.Transforms;

/// <summary>A fitted scaler, computed row by row when data are read.</summary>
/// <remarks>
/// A result has the type of its input: <c>Single</c>, <c>Double</c>, or a vector of known size of either; whitening may change
/// the size. The arithmetic is in double, rounded once. NaN stays NaN. Infinities stay infinite, except that clipping, smooth clipping, quantiles and powers that have an
/// end map them to the end of their results, and whitening makes all results of the row infinite or NaN. Vectors of another length than their type
/// promises, and sparse ones whose indices are out of order, are refused. Sparse vectors stay
/// sparse where zero maps to zero in every slot, and become dense otherwise. Safe for use by several threads.
/// </remarks>
public abstract class ScalingTransformer : RowToRowTransformer
{
    private readonly IReadOnlyList<ScaledColumn<ColumnMap>> _scaled;
    private readonly bool _isNormalized;

    private protected ScalingTransformer(IReadOnlyList<ScaledColumn<ColumnMap>> scaled, bool isNormalized)
    {
        _scaled = scaled;
        _isNormalized = isNormalized;
        Columns = scaled.Select(column => new InputOutputColumnPair(column.OutputColumnName, column.InputColumnName)).ToArray().AsReadOnly();
    }

    /// <summary>The columns that are scaled, in the order in which they were asked for.</summary>
    public IReadOnlyList<InputOutputColumnPair> Columns { get; }

    private protected IReadOnlyList<ScaledColumn<ColumnMap>> Scaled => _scaled;

    /// <summary>Makes the transformer that maps every scaled column back to its original units, in place.</summary>
    /// <remarks>It knows nothing of clipping: values that were clipped do not come back.</remarks>
    public InverseScalingTransformer Inverse() =>
        new([.. _scaled.Select(column => InverseOf(column, column.OutputColumnName, column.OutputColumnName))]);

    /// <summary>Makes the transformer that maps some of the scaled columns back to their original units, each into a column of choice.</summary>
    /// <param name="columns">Pairs of a new column and the scaled column that it is computed from.</param>
    /// <exception cref="ArgumentException">A name is not that of a scaled column, or an output is named twice.</exception>
    public InverseScalingTransformer Inverse(params InputOutputColumnPair[] columns)
    {
        var failures = new OptionFailures(nameof(Inverse));
        var pairs = ColumnPairs.Checked(columns, failures);
        failures.ThrowIfAny();
        return new([.. pairs.Select(pair => InverseOf(Find(pair.InputColumnName), pair.OutputColumnName, pair.InputColumnName))]);
    }

    /// <summary>
    /// Makes the transformer that maps a column back by the scale of another, such as the <c>Score</c> of a model that was trained
    /// on a scaled label.
    /// </summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column to map back; its type is that of the scaled column.</param>
    /// <param name="scaledColumnName">The scaled column whose scale is used.</param>
    /// <exception cref="ArgumentException"><paramref name="scaledColumnName"/> is not the name of a scaled column.</exception>
    public InverseScalingTransformer Inverse(string outputColumnName, string inputColumnName, string scaledColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);

        return new([InverseOf(Find(scaledColumnName), outputColumnName, inputColumnName)]);
    }

    /// <inheritdoc/>
    protected sealed override RowMapping Bind(DataViewSchema inputSchema) => new ScalingMapping(inputSchema, _scaled, _isNormalized);

    private protected static T Find<T>(IEnumerable<T> columns, Func<T, string> nameOf, string outputColumnName)
        where T : class
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);

        return columns.FirstOrDefault(column => nameOf(column) == outputColumnName)
            ?? throw new ArgumentException($"'{outputColumnName}' is none of the scaled columns: {string.Join(", ", columns.Select(column => $"'{nameOf(column)}'"))}.", nameof(outputColumnName));
    }

    private ScaledColumn<ColumnMap> Find(string outputColumnName) => Find(_scaled, column => column.OutputColumnName, outputColumnName);

    private static ScaledColumn<ColumnMap> InverseOf(ScaledColumn<ColumnMap> column, string outputColumnName, string inputColumnName) =>
        new(outputColumnName, inputColumnName, ScalableTypes.Resized(column.Type, column.Parameters.OutputSlots), column.Parameters.Inverse());
}

/// <summary>A fitted scaler that tells what it has found.</summary>
/// <typeparam name="TParameters">What it finds in one column.</typeparam>
public abstract class ScalingTransformer<TParameters> : ScalingTransformer
{
    private readonly IReadOnlyList<ScaledColumn<TParameters>> _columns;
    private readonly Action<ComponentWriter> _save;

    private protected ScalingTransformer(IReadOnlyList<ScaledColumn<TParameters>> columns, IScalingOptions<TParameters> options, Action<ComponentWriter> save)
        : base([.. columns.Select(column => column.With(options.MapOf))], isNormalized: true)
    {
        _columns = columns;
        _save = save;
    }

    /// <summary>What was found in a column.</summary>
    /// <param name="outputColumnName">The name of the scaled column.</param>
    /// <exception cref="ArgumentException">There is no such scaled column.</exception>
    public TParameters GetParameters(string outputColumnName) => Find(_columns, column => column.OutputColumnName, outputColumnName).Parameters;

    /// <inheritdoc/>
    protected sealed override void Save(ComponentWriter writer) => _save(writer);
}
