using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>Columns scaled by their medians and quantiles; see <see cref="RobustScalingEstimator"/>.</summary>
public sealed class RobustScalingTransformer : ScalingTransformer
{
    private readonly IReadOnlyList<ScaledColumn<RobustScalingParameters>> _columns;
    private readonly RobustScalingOptions _options;

    internal RobustScalingTransformer(IReadOnlyList<ScaledColumn<RobustScalingParameters>> columns, RobustScalingOptions options)
        : base([.. columns.Select(column => column.With<ColumnMap>(options.MapOf))], isNormalized: true)
    {
        _columns = columns;
        _options = options;
    }

    /// <summary>What was found in a column.</summary>
    /// <param name="outputColumnName">The name of the scaled column.</param>
    /// <exception cref="ArgumentException">There is no such scaled column.</exception>
    public RobustScalingParameters GetParameters(string outputColumnName) =>
        Find(_columns, column => column.OutputColumnName, outputColumnName).Parameters;

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) =>
        ScalingLoader<RobustScalingLayout, RobustScalingTransformer, RobustScalingOptions, RobustScalingParameters>.Save(writer, _columns, _options);
}
