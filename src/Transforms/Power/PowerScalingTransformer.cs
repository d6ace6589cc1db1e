namespace MLExtensions.Transforms;

/// <summary>Columns whose distribution a power transform has made more like a normal one; see <see cref="PowerScalingEstimator"/>.</summary>
public sealed class PowerScalingTransformer : ScalingTransformer<PowerScalingParameters>
{
    internal PowerScalingTransformer(IReadOnlyList<ScaledColumn<PowerScalingParameters>> columns, PowerScalingOptions options)
        : base(columns, options, writer => ScalingLoader<PowerScalingLayout, PowerScalingTransformer, PowerScalingOptions, PowerScalingParameters>.Save(writer, columns, options)) { }
}
