using Microsoft.ML;
using MLExtensions.Pipeline.Schema;

namespace MLExtensions.Pipeline;

/// <summary>What a slot of a feature column is.</summary>
public enum SlotKind
{
    /// <summary>A number, to be scaled.</summary>
    Number,

    /// <summary>1 where the number beside it was missing, else 0; not to be scaled.</summary>
    MissingIndicator,

    /// <summary>The index of a category; <see cref="CategoryCounts"/> tells of how many.</summary>
    Category,

    /// <summary>1 where the row is of a category, else 0; not to be scaled.</summary>
    CategoryIndicator,
}

/// <summary>The annotation by which a column of <c>Vector&lt;Single&gt;</c> tells what each of its slots is: the name of a <see cref="SlotKind"/> for each.</summary>
public static class SlotKinds
{
    /// <summary>The kind of the annotation.</summary>
    public const string Kind = "SlotKinds";

    /// <summary>Reads the annotation of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="role">What the column is for, such as <c>feature</c>.</param>
    /// <returns>What each slot is; null where the column has no such annotation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The annotation is of another type or size, or a text is no kind.</exception>
    public static SlotKind[]? Of(DataViewSchema.Column column, string role)
    {
        if (SlotAnnotations.TextsOf(column, Kind, role) is not { } texts)
            return null;

        var kinds = new SlotKind[texts.Length];
        for (int slot = 0; slot < kinds.Length; slot++)
        {
            if (!Enum.TryParse(texts[slot], out kinds[slot]) || kinds[slot].ToString() != texts[slot])
            {
                throw SchemaChecks.Mismatch(role, column.Name, $"annotation {Kind} to have one of {string.Join(", ", Enum.GetNames<SlotKind>())} in each slot",
                    FormattableString.Invariant($"'{texts[slot]}' in slot {slot}"));
            }
        }
        return kinds;
    }

    /// <summary>Adds the annotation.</summary>
    /// <param name="builder">The annotations of a column of as many slots as there are kinds.</param>
    /// <param name="kinds">What each slot is.</param>
    public static void Add(DataViewSchema.Annotations.Builder builder, IReadOnlyList<SlotKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(kinds);

        SlotAnnotations.Add(builder, Kind, kinds.Select(kind => kind.ToString()));
    }
}
