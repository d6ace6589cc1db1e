namespace MLExtensions.Transforms;

/// <summary>Columns scaled to a uniform or normal distribution; see <see cref="QuantileScalingEstimator"/>.</summary>
public sealed class QuantileScalingTransformer : ScalingTransformer<QuantileScalingParameters>
{
    internal QuantileScalingTransformer(IReadOnlyList<ScaledColumn<QuantileScalingParameters>> columns, QuantileScalingOptions options)
        : base(columns, options, writer => ScalingLoader<QuantileScalingLayout, QuantileScalingTransformer, QuantileScalingOptions, QuantileScalingParameters>.Save(writer, columns, options)) { }
}
