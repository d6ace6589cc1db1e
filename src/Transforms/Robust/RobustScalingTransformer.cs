namespace MLExtensions.Transforms;

/// <summary>Columns scaled by their medians and quantiles; see <see cref="RobustScalingEstimator"/>.</summary>
public sealed class RobustScalingTransformer : ScalingTransformer<RobustScalingParameters>
{
    internal RobustScalingTransformer(IReadOnlyList<ScaledColumn<RobustScalingParameters>> columns, RobustScalingOptions options)
        : base(columns, options, writer => ScalingLoader<RobustScalingLayout, RobustScalingTransformer, RobustScalingOptions, RobustScalingParameters>.Save(writer, columns, options)) { }
}
