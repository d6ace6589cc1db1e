using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

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
