using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks.Rows;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Labels;
using static System.FormattableString;

namespace MLExtensions.Trainers.Reading;

/// <summary>Refuses values that would spoil a training or a score, naming row and column.</summary>
internal static class RowChecks
{
    /// <summary>Refuses the first of some rows that a training cannot use.</summary>
    /// <param name="portion">Holds the rows at its start.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The columns that they were read from.</param>
    /// <param name="firstRow">The number of the first row in its view.</param>
    public static void RequireUsable(RowPortion portion, int rows, TrainingColumns columns, long firstRow)
    {
        var (width, targetCount) = (columns.FeatureCount, columns.Label.TargetCount);
        if (AllFinite(portion.Features[..(rows * width)]) && columns.Label.AcceptsAll(portion.Targets[..(rows * targetCount)])
            && (columns.Weight is null || AreWeights(portion.Weights[..rows])))
        {
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            RequireFinite(portion.Features.Slice(row * width, width), columns.Features, firstRow + row);
            RequireLabel(portion.Targets.Slice(row * targetCount, targetCount), columns.Label, firstRow + row);
            if (columns.Weight is { } weight)
                RequireWeight(portion.Weights[row], weight, firstRow + row);
        }
    }

    /// <summary>Copies a vector to where it belongs, and refuses one that has not the size that its column's type promises.</summary>
    public static void CopyTo(in VBuffer<float> values, Span<float> destination, DataViewSchema.Column column, DataViewRow row)
    {
        RequireLength(values.Length, destination.Length, column, row);
        values.CopyTo(destination);
    }

    /// <summary>Refuses a vector that has not the size that its column's type promises.</summary>
    public static void RequireLength(int length, int expected, DataViewSchema.Column column, DataViewRow row)
    {
        if (length != expected)
        {
            throw new InvalidOperationException(Invariant(
                $"Row {row.Position} (counted from 0) of column '{column.Name}' has {length} slots, and its type promises {expected}."));
        }
    }

    /// <summary>Refuses NaN and infinity among the features of a row.</summary>
    public static void RequireFinite(ReadOnlySpan<float> features, DataViewSchema.Column column, long row)
    {
        if (AllFinite(features))
            return;

        int slot = 0;
        while (float.IsFinite(features[slot]))
            slot++;
        throw new InvalidOperationException(Invariant(
            $"Row {row} (counted from 0) of feature column '{column.Name}' has {features[slot]} in slot {slot}{SlotName(column, slot)}: expected finite ") +
            "numbers. Replace missing values (ReplaceMissingValues) or drop such rows (FilterRowsByMissingValues) first.");
    }

    /// <summary>Refuses scores that overflowed; evaluators would skip such rows silently.</summary>
    public static void RequireFiniteScores(ReadOnlySpan<float> scores, long row)
    {
        if (!AllFinite(scores))
        {
            throw new InvalidOperationException(Invariant(
                $"Row {row} (counted from 0) gives scores that are not finite: its features are too large. Scale them as the training rows were."));
        }
    }

    /// <summary>Whether no number is NaN or infinite.</summary>
    public static bool AllFinite(ReadOnlySpan<float> values)
    {
        // x - x is 0 for finite x and NaN for all others, so that one sum tells about all.
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var sum = Vector<float>.Zero;
        foreach (var vector in vectors)
            sum += vector - vector;
        float rest = Vector.Sum(sum);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
            rest += value - value;
        return rest == 0;
    }

    private static bool AreWeights(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!IsWeight(value))
                return false;
        }
        return true;
    }

    private static bool IsWeight(float value) => value >= 0 && float.IsFinite(value);

    private static void RequireLabel(ReadOnlySpan<float> values, LabelColumn label, long row)
    {
        foreach (float value in values)
        {
            if (!label.AcceptsAll([value]))
            {
                throw new InvalidOperationException(Invariant(
                    $"Row {row} (counted from 0) of label column '{label.Column.Name}' has no usable value ({value}): expected {label.Expected}."));
            }
        }
    }

    private static void RequireWeight(float weight, DataViewSchema.Column column, long row)
    {
        if (!IsWeight(weight))
        {
            throw new InvalidOperationException(Invariant(
                $"Row {row} (counted from 0) of example weight column '{column.Name}' has {weight}: expected a finite number of at least 0."));
        }
    }

    private static string SlotName(DataViewSchema.Column column, int slot)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.SlotNames) is null)
            return "";

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(AnnotationNames.SlotNames, ref names);
        return $" ('{names.GetItemOrDefault(slot)}')";
    }
}
