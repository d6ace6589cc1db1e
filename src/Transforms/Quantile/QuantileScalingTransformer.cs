using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>Columns scaled to a uniform or normal distribution; see <see cref="QuantileScalingEstimator"/>.</summary>
public sealed class QuantileScalingTransformer : ScalingTransformer
{
    private readonly IReadOnlyList<ScaledColumn<QuantileScalingParameters>> _columns;
    private readonly QuantileScalingOptions _options;

    internal QuantileScalingTransformer(IReadOnlyList<ScaledColumn<QuantileScalingParameters>> columns, QuantileScalingOptions options)
        : base([.. columns.Select(column => column.With<ColumnMap>(options.MapOf))], isNormalized: true)
    {
        _columns = columns;
        _options = options;
    }

    /// <summary>What was found in a column.</summary>
    /// <param name="outputColumnName">The name of the scaled column.</param>
    /// <exception cref="ArgumentException">There is no such scaled column.</exception>
    public QuantileScalingParameters GetParameters(string outputColumnName) =>
        Find(_columns, column => column.OutputColumnName, outputColumnName).Parameters;

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) =>
        ScalingLoader<QuantileScalingLayout, QuantileScalingTransformer, QuantileScalingOptions, QuantileScalingParameters>.Save(writer, _columns, _options);
}
