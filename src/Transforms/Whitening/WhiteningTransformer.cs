using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>Vectors whose slots are uncorrelated; see <see cref="WhiteningEstimator"/>.</summary>
public sealed class WhiteningTransformer : ScalingTransformer
{
    private readonly IReadOnlyList<ScaledColumn<WhiteningParameters>> _columns;
    private readonly WhiteningOptions _options;

    internal WhiteningTransformer(IReadOnlyList<ScaledColumn<WhiteningParameters>> columns, WhiteningOptions options)
        : base([.. columns.Select(column => column.With<ColumnMap>(options.MapOf))], isNormalized: true)
    {
        _columns = columns;
        _options = options;
    }

    /// <summary>What was found in a column.</summary>
    /// <param name="outputColumnName">The name of the scaled column.</param>
    /// <exception cref="ArgumentException">There is no such scaled column.</exception>
    public WhiteningParameters GetParameters(string outputColumnName) =>
        Find(_columns, column => column.OutputColumnName, outputColumnName).Parameters;

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) =>
        ScalingLoader<WhiteningLayout, WhiteningTransformer, WhiteningOptions, WhiteningParameters>.Save(writer, _columns, _options);
}
