using Microsoft.ML;

namespace MLExtensions.Transforms;

/// <summary>The covariances of one input column.</summary>
internal sealed record FittedCovariance(InputOutputColumnPair Names, DataViewSchema.Column Column, Covariance Covariance)
{
    /// <summary>The column with the parameters that a scaler has found.</summary>
    public ScaledColumn<TParameters> With<TParameters>(TParameters parameters) =>
        new(Names.OutputColumnName, Names.InputColumnName, Column.Type, parameters);
}
