using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Labels;

namespace MLExtensions.Trainers.Reading;

/// <summary>Refuses values that would spoil a training or a score, naming row and column.</summary>
internal static class RowChecks
{
    /// <summary>Refuses NaN and infinity among the features of a row.</summary>
    public static void RequireFinite(ReadOnlySpan<float> features, DataViewSchema.Column column, long row)
    {
        if (AllFinite(features))
            return;

        int slot = 0;
        while (float.IsFinite(features[slot]))
            slot++;
        throw new InvalidOperationException(
            $"Row {row} (counted from 0) of feature column '{column.Name}' has {features[slot]} in slot {slot}{SlotName(column, slot)}: expected finite " +
            "numbers. Replace missing values (ReplaceMissingValues) or drop such rows (FilterRowsByMissingValues) first.");
    }

    /// <summary>Refuses a missing or unexpected label.</summary>
    public static void RequireLabel(ReadOnlySpan<float> values, LabelColumn label, long row)
    {
        foreach (float value in values)
        {
            if (!label.Accepts(value))
                throw new InvalidOperationException($"Row {row} (counted from 0) of label column '{label.Column.Name}' has no usable value ({value}): expected {label.Expected}.");
        }
    }

    /// <summary>Refuses a weight that is negative, NaN or infinite.</summary>
    public static void RequireWeight(float weight, DataViewSchema.Column column, long row)
    {
        if (!(weight >= 0 && float.IsFinite(weight)))
            throw new InvalidOperationException($"Row {row} (counted from 0) of example weight column '{column.Name}' has {weight}: expected a finite number of at least 0.");
    }

    /// <summary>Refuses scores that overflowed; evaluators would skip such rows silently.</summary>
    public static void RequireFiniteScores(ReadOnlySpan<float> scores, long row)
    {
        if (!AllFinite(scores))
            throw new InvalidOperationException($"Row {row} (counted from 0) gives scores that are not finite: its features are too large. Scale them as the training rows were.");
    }

    /// <summary>x - x is 0 for finite x and NaN for all others, so that one sum tells about all.</summary>
    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var sum = Vector<float>.Zero;
        foreach (var vector in vectors)
            sum += vector - vector;
        float rest = Vector.Sum(sum);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
            rest += value - value;
        return rest == 0;
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
