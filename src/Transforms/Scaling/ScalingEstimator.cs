namespace MLExtensions.Transforms;

/// <summary>A scaler before it has seen data.</summary>
/// <typeparam name="TTransformer">What it becomes when it is fitted.</typeparam>
public abstract class ScalingEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : ScalingTransformer
{
    private readonly InputOutputColumnPair[] _columns;

    private protected ScalingEstimator(string name, IReadOnlyList<InputOutputColumnPair> columns, IScalingOptions options)
    {
        var failures = new OptionFailures(name);
        _columns = ColumnPairs.Checked(columns, failures);
        options.Check(failures);
        failures.ThrowIfAny();
    }

    private protected IReadOnlyList<InputOutputColumnPair> Columns => _columns;

    /// <summary>Reads the data once and fits the scale of every column.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, a slot holds no number, or a value is infinite.</exception>
    public abstract TTransformer Fit(IDataView input);

    /// <inheritdoc/>
    public virtual SchemaShape GetOutputSchema(SchemaShape inputSchema) => ScalingShape.OutputOf(inputSchema, Columns);
}
