using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.ML;
using MLExtensions.Pipeline.Schema;

namespace MLExtensions.Pipeline;

/// <summary>
/// The annotation by which a column of <c>Vector&lt;Single&gt;</c> tells what the categories of its slots stand for, where
/// <see cref="CategoryCounts"/> tells only how many there are.
/// </summary>
/// <remarks>
/// A vector of text with an item for each slot: a JSON array of the values, that of index 0 first, such as <c>["Private","State-gov"]</c>;
/// of a slot that is 1 for one category the one value; of a number nothing.
/// </remarks>
public static class CategoryValues
{
    /// <summary>The kind of the annotation.</summary>
    public const string Kind = "CategoryValues";

    // As readable as may be: nothing here goes into a web page.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the annotation of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="role">What the column is for, such as <c>feature</c>.</param>
    /// <returns>The values of each slot, none for a number; null where the column has no such annotation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The annotation is of another type or size, or an item is no JSON array of texts.</exception>
    public static IReadOnlyList<string>[]? Of(DataViewSchema.Column column, string role)
    {
        if (SlotAnnotations.TextsOf(column, Kind, role) is not { } texts)
            return null;

        var values = new IReadOnlyList<string>[texts.Length];
        for (int slot = 0; slot < values.Length; slot++)
        {
            values[slot] = Read(texts[slot]) ?? throw SchemaChecks.Mismatch(role, column.Name, $"annotation {Kind} to have a JSON array of texts in each slot, or nothing",
                FormattableString.Invariant($"'{texts[slot]}' in slot {slot}"));
        }
        return values;
    }

    /// <summary>Adds the annotation.</summary>
    /// <param name="builder">The annotations of a column of as many slots as there are items.</param>
    /// <param name="values">The values of each slot, none for a number.</param>
    public static void Add(DataViewSchema.Annotations.Builder builder, IReadOnlyList<IReadOnlyList<string>> values)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(values);

        SlotAnnotations.Add(builder, Kind, values.Select(slot => slot.Count == 0 ? "" : JsonSerializer.Serialize(slot, s_json)));
    }

    private static string[]? Read(string text)
    {
        try
        {
            string[]? values = text.Length == 0 ? [] : JsonSerializer.Deserialize<string[]>(text);
            return values?.Contains(null) == true ? null : values;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
