using MLExtensions.Trainers.Training;

namespace MLExtensions.Tuning.Rows;

/// <summary>The rows of one fold, as the trainer reads them behind one choice of steps.</summary>
/// <param name="Rows">All rows, those to validate on among them.</param>
/// <param name="Split">Which are trained and which are validated on.</param>
/// <param name="Preparation">The steps, fitted to those that are trained on.</param>
/// <param name="Validation">Those to validate on, behind the steps.</param>
internal sealed record PreparedRows(ReadRows Rows, RowSplit Split, ITransformer Preparation, IDataView Validation)
{
    /// <summary>The memory that they take, in bytes.</summary>
    public long Bytes => sizeof(float) * ((long)Rows.Data.Rows * (Rows.Data.FeatureCount + Rows.Data.TargetCount + (Rows.Data.Weights is null ? 0 : 1)));
}
