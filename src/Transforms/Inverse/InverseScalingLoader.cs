[assembly: LoadableComponent(typeof(InverseScalingTransformer), typeof(InverseScalingLoader), InverseScalingTransformer.LoaderName)]

namespace MLExtensions.Transforms.Inverse;

/// <summary>Reads inverses from model archives. Maps write themselves; here alone all their kinds are known.</summary>
internal static class InverseScalingLoader
{
    /// <summary>ML.NET finds it by its name.</summary>
    public static InverseScalingTransformer Create(IHostEnvironment environment, object context) =>
        InverseScalingTransformer.Archive.Load(environment, context, Read, (columns, _) => new InverseScalingTransformer(columns));

    private static ColumnMap Read(NumbersReader numbers)
    {
        ColumnMap map = numbers.Kind switch
        {
            null or MapKind.Affine => AffineMap.Read(numbers),
            MapKind.SmoothClipped => SmoothClippedMap.Read(numbers),
            MapKind.UniformQuantiles => QuantileMap.Read(QuantileDistribution.Uniform, numbers),
            MapKind.NormalQuantiles => QuantileMap.Read(QuantileDistribution.Normal, numbers),
            MapKind.YeoJohnson => PowerMap.Read(PowerMethod.YeoJohnson, numbers),
            MapKind.BoxCox => PowerMap.Read(PowerMethod.BoxCox, numbers),
            MapKind.Linear => LinearMap.Read(numbers, keepsSlots: false),
            MapKind.LinearOfSlots => LinearMap.Read(numbers, keepsSlots: true),
            MapKind.LowRankOfSlots => LowRankMap.Read(numbers),
            var kind => throw new FormatException($"it gives column '{numbers.OutputColumnName}' a map of kind {kind}"),
        };
        return numbers.IsInverse ? map.Inverse() : map;
    }
}
