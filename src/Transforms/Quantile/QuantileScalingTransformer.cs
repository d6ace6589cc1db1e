using System.Collections.Immutable;

[assembly: LoadableComponent(typeof(QuantileScalingTransformer), typeof(QuantileScalingTransformer), QuantileScalingTransformer.LoaderName)]

namespace MLExtensions.Transforms;

/// <summary>Columns scaled to a uniform or normal distribution; see <see cref="QuantileScalingEstimator"/>.</summary>
public sealed class QuantileScalingTransformer : ScalingTransformer<QuantileScalingParameters>
{
    internal const string LoaderName = "MLExtQuantileScaling";

    private static readonly ScalingArchive<QuantileScalingOptions, QuantileScalingParameters> s_archive = new(LoaderName, Write, parameters => new(Size: parameters.Quantiles[0].Length));

    internal QuantileScalingTransformer(IReadOnlyList<ScaledColumn<QuantileScalingParameters>> columns, QuantileScalingOptions options)
        : base(columns, options, writer => s_archive.Save(writer, columns, options)) { }

    /// <summary>ML.NET finds it by its name.</summary>
    internal static QuantileScalingTransformer Create(IHostEnvironment environment, object context) =>
        s_archive.Load(environment, context, Read, (columns, options) => new QuantileScalingTransformer(columns, options));

    private static IEnumerable<NamedNumbers> Write(QuantileScalingParameters parameters) =>
        [QuantileTable.Write([.. parameters.Quantiles.Select(slot => (IReadOnlyList<double>)slot)])];

    private static QuantileScalingParameters Read(NumbersReader numbers) => new([.. QuantileTable.Read(numbers).Select(slot => slot.ToImmutableArray())]);
}

/// <summary>What quantile scaling found in one column.</summary>
/// <param name="Quantiles">
/// For every slot, one for a scalar column, the quantiles of its finite values at equally spaced shares from 0 to 1, ascending: as many
/// as asked for, or as there are rows, where they are fewer.
/// </param>
public sealed record QuantileScalingParameters(ImmutableArray<ImmutableArray<double>> Quantiles);
