using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>Columns whose distribution a power transform has made more like a normal one; see <see cref="PowerScalingEstimator"/>.</summary>
public sealed class PowerScalingTransformer : ScalingTransformer
{
    private readonly IReadOnlyList<ScaledColumn<PowerScalingParameters>> _columns;
    private readonly PowerScalingOptions _options;

    internal PowerScalingTransformer(IReadOnlyList<ScaledColumn<PowerScalingParameters>> columns, PowerScalingOptions options)
        : base([.. columns.Select(column => column.With<ColumnMap>(options.MapOf))], isNormalized: true)
    {
        _columns = columns;
        _options = options;
    }

    /// <summary>What was found in a column.</summary>
    /// <param name="outputColumnName">The name of the scaled column.</param>
    /// <exception cref="ArgumentException">There is no such scaled column.</exception>
    public PowerScalingParameters GetParameters(string outputColumnName) =>
        Find(_columns, column => column.OutputColumnName, outputColumnName).Parameters;

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) =>
        ScalingLoader<PowerScalingLayout, PowerScalingTransformer, PowerScalingOptions, PowerScalingParameters>.Save(writer, _columns, _options);
}
