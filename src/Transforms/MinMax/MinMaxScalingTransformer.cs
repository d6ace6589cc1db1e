using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>Columns scaled to a range; see <see cref="MinMaxScalingEstimator"/>.</summary>
public sealed class MinMaxScalingTransformer : ScalingTransformer
{
    private readonly IReadOnlyList<ScaledColumn<MinMaxScalingParameters>> _columns;
    private readonly MinMaxScalingOptions _options;

    internal MinMaxScalingTransformer(IReadOnlyList<ScaledColumn<MinMaxScalingParameters>> columns, MinMaxScalingOptions options)
        : base([.. columns.Select(column => column.With<ColumnMap>(options.MapOf))], isNormalized: true)
    {
        _columns = columns;
        _options = options;
    }

    /// <summary>What was found in a column.</summary>
    /// <param name="outputColumnName">The name of the scaled column.</param>
    /// <exception cref="ArgumentException">There is no such scaled column.</exception>
    public MinMaxScalingParameters GetParameters(string outputColumnName) =>
        Find(_columns, column => column.OutputColumnName, outputColumnName).Parameters;

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) =>
        ScalingLoader<MinMaxScalingLayout, MinMaxScalingTransformer, MinMaxScalingOptions, MinMaxScalingParameters>.Save(writer, _columns, _options);
}
