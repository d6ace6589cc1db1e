namespace MLExtensions.Transforms;

/// <summary>Columns scaled to a range; see <see cref="MinMaxScalingEstimator"/>.</summary>
public sealed class MinMaxScalingTransformer : ScalingTransformer<MinMaxScalingParameters>
{
    internal MinMaxScalingTransformer(IReadOnlyList<ScaledColumn<MinMaxScalingParameters>> columns, MinMaxScalingOptions options)
        : base(columns, options, writer => ScalingLoader<MinMaxScalingLayout, MinMaxScalingTransformer, MinMaxScalingOptions, MinMaxScalingParameters>.Save(writer, columns, options)) { }
}
