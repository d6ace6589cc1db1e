using Microsoft.ML;

namespace MLExtensions.Trainers.Labels;

/// <summary>A label column of one schema: how many numbers a row has, and how they are read.</summary>
/// <param name="Column">The column.</param>
/// <param name="TargetCount">The number of values of a row.</param>
/// <param name="Expected">What a value must be, for messages.</param>
/// <param name="CreateReader">
/// Makes the reader of a cursor: it writes the row's values, NaN where a value is missing.
/// </param>
internal sealed record LabelColumn(DataViewSchema.Column Column, int TargetCount, string Expected, Func<DataViewRow, LabelReader> CreateReader)
{
    /// <summary>Whether a value is among those expected; by default any finite number is.</summary>
    public Func<float, bool> Accepts { get; init; } = float.IsFinite;
}

/// <summary>Reads the label of the present row.</summary>
/// <param name="destination">Receives the values, as many as the column's <see cref="LabelColumn.TargetCount"/>.</param>
internal delegate void LabelReader(Span<float> destination);
