using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>Columns scaled to mean 0 and standard deviation 1; see <see cref="StandardScalingEstimator"/>.</summary>
public sealed class StandardScalingTransformer : ScalingTransformer
{
    private readonly IReadOnlyList<StandardScalingColumn> _columns;
    private readonly StandardScalingOptions _options;

    internal StandardScalingTransformer(IReadOnlyList<StandardScalingColumn> columns, StandardScalingOptions options)
        : base([.. columns.Select(column => column.ToScaled(options))], isNormalized: true)
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
    protected override void Save(ComponentWriter writer) => StandardScalingLoader.Save(writer, _columns, _options);
}
