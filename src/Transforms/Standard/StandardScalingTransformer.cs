using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>Columns scaled to mean 0 and standard deviation 1; see <see cref="StandardScalingEstimator"/>.</summary>
public sealed class StandardScalingTransformer : ScalingTransformer
{
    private readonly IReadOnlyList<ScaledColumn<StandardScalingParameters>> _columns;
    private readonly StandardScalingOptions _options;

    internal StandardScalingTransformer(IReadOnlyList<ScaledColumn<StandardScalingParameters>> columns, StandardScalingOptions options)
        : base([.. columns.Select(column => column.With<ColumnMap>(options.MapOf))], isNormalized: true)
    {
        _columns = columns;
        _options = options;
    }

    /// <summary>What was found in a column.</summary>
    /// <param name="outputColumnName">The name of the scaled column.</param>
    /// <exception cref="ArgumentException">There is no such scaled column.</exception>
    public StandardScalingParameters GetParameters(string outputColumnName) =>
        Find(_columns, column => column.OutputColumnName, outputColumnName).Parameters;

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) =>
        ScalingLoader<StandardScalingLayout, StandardScalingTransformer, StandardScalingOptions, StandardScalingParameters>.Save(writer, _columns, _options);
}
