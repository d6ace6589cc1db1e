using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>Columns scaled to magnitudes of at most 1; see <see cref="MaxAbsScalingEstimator"/>.</summary>
public sealed class MaxAbsScalingTransformer : ScalingTransformer
{
    private readonly IReadOnlyList<ScaledColumn<MaxAbsScalingParameters>> _columns;
    private readonly MaxAbsScalingOptions _options;

    internal MaxAbsScalingTransformer(IReadOnlyList<ScaledColumn<MaxAbsScalingParameters>> columns, MaxAbsScalingOptions options)
        : base([.. columns.Select(column => column.With<ColumnMap>(options.MapOf))], isNormalized: true)
    {
        _columns = columns;
        _options = options;
    }

    /// <summary>What was found in a column.</summary>
    /// <param name="outputColumnName">The name of the scaled column.</param>
    /// <exception cref="ArgumentException">There is no such scaled column.</exception>
    public MaxAbsScalingParameters GetParameters(string outputColumnName) =>
        Find(_columns, column => column.OutputColumnName, outputColumnName).Parameters;

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) =>
        ScalingLoader<MaxAbsScalingLayout, MaxAbsScalingTransformer, MaxAbsScalingOptions, MaxAbsScalingParameters>.Save(writer, _columns, _options);
}
