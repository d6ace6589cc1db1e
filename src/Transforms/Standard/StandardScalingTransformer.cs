namespace MLExtensions.Transforms;

/// <summary>Columns scaled to mean 0 and standard deviation 1; see <see cref="StandardScalingEstimator"/>.</summary>
public sealed class StandardScalingTransformer : ScalingTransformer<StandardScalingParameters>
{
    internal StandardScalingTransformer(IReadOnlyList<ScaledColumn<StandardScalingParameters>> columns, StandardScalingOptions options)
        : base(columns, options, writer => ScalingLoader<StandardScalingLayout, StandardScalingTransformer, StandardScalingOptions, StandardScalingParameters>.Save(writer, columns, options)) { }
}
