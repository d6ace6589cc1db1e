using System.Text.Json;
using MLExtensions.Archives;
using MLExtensions.Archives.Chains;

namespace MLExtensions.Networks.SavedModels;

/// <summary>An encoder of tables that was read from an archive: makes features of a row. Immutable and thread-safe.</summary>
internal sealed class TableReader
{
    /// <summary>The name by which archives know it.</summary>
    public const string Loader = "MLExtTableEncoding";

    private static readonly string[] s_missingTexts = ["?", "NaN"];

    private readonly SavedTable _saved;
    private readonly TablePart[][] _parts;

    private TableReader(SavedTable saved, TensorSet tensors)
    {
        int count = saved.NumberCount, next = 0, slot = 0;
        double[] medians = count > 0 ? tensors.TakeDoubles("medians", count) : [], origins = count > 0 ? tensors.TakeDoubles("origins", count) : [];
        foreach (var column in saved.Columns.Where(column => column.SlotNames is { Texts: null }))
            tensors.TakeSingles($"{column.Name}.name_hashes", column.Type.VectorSize ?? 1);

        _saved = saved;
        _parts = [.. saved.Columns.Select(column => column.Parts.Select(Place).ToArray())];
        SlotCount = slot;

        TablePart Place(SavedTablePart part)
        {
            int first = slot;
            slot = checked(slot + part.SlotCount(saved.Options.CategoryEncoding));
            if (!part.IsNumber)
                return part.Values is null ? new EmptyPart(first) : CategoryPart.Of(part, first, saved.Options.CategoryEncoding);
            var (median, origin) = (medians[next], origins[next++]);
            return new NumberPart(part.Source, first, origin, saved.Options.MissingNumbers == SavedMissingNumbers.Keep ? float.NaN : (float)median, part.Indicator is not null);
        }
    }

    /// <summary>The name of the vector that it makes.</summary>
    public string OutputColumn => _saved.OutputColumnName;

    /// <summary>The number of features that it makes.</summary>
    public int SlotCount { get; }

    /// <summary>Reads the encoder.</summary>
    /// <exception cref="FormatException">It is damaged, or has columns that are not read here.</exception>
    public static TableReader Read(ArchivedComponent component, int version, string software) => component.Content.Read(component.Key.Block, version, software,
        json => JsonSerializer.Deserialize(json, SavedModelJson.Default.VersionedSavedTable)?.Component,
        (saved, tensors) => new TableReader(saved, tensors),
        saved =>
        {
            saved.Check();
            return saved.ValueBytes;
        });

    /// <summary>Cells for the values of a row, one for each column.</summary>
    public TableCell[] NewCells() => [.. _saved.Columns.Select(column => TableCell.Of(column, _saved.Options.MissingTexts ?? s_missingTexts)!)];

    /// <summary>Makes the features of a row.</summary>
    /// <param name="cells">The values.</param>
    /// <param name="features">Receives them.</param>
    /// <exception cref="InvalidOperationException">A value that cannot be missing was not set.</exception>
    public void Write(ReadOnlySpan<TableCell> cells, Span<float> features)
    {
        for (int column = 0; column < cells.Length; column++)
        {
            foreach (var part in _parts[column])
                part.Write(cells[column], features);
        }
    }
}

/// <summary>Writes the slots of one part of a column.</summary>
internal abstract class TablePart
{
    public abstract void Write(TableCell cell, Span<float> features);
}

/// <summary>Writes a number less its origin, and whether it is missing.</summary>
internal sealed class NumberPart(int source, int slot, double origin, float missing, bool hasIndicator) : TablePart
{
    public override void Write(TableCell cell, Span<float> features)
    {
        double number = cell.Number(source);
        bool isMissing = double.IsNaN(number);
        features[slot] = isMissing ? missing : (float)(number - origin);
        if (hasIndicator)
            features[slot + 1] = isMissing ? 1 : 0;
    }
}

/// <summary>Writes the index of a category, or 1 into its slot.</summary>
internal sealed class CategoryPart : TablePart
{
    private const int None = -1;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _values;
    private readonly int _source;
    private readonly int _slot;
    private readonly int _slots;
    private readonly int _unseen = None;
    private readonly int _missing;

    private CategoryPart(SavedTablePart part, int slot, int slots)
    {
        var values = new Dictionary<string, int>(part.Values!.Count, StringComparer.Ordinal);
        foreach (string value in part.Values)
            values.Add(value, values.Count);
        int next = values.Count;
        if (part.Merged is not null)
            _unseen = next++;
        _missing = part.MissingIsCategory ? next : _unseen;
        (_values, _source, _slot, _slots) = (values.GetAlternateLookup<ReadOnlySpan<char>>(), part.Source, slot, slots);
    }

    public static CategoryPart Of(SavedTablePart part, int slot, SavedCategoryEncoding encoding) =>
        new(part, slot, encoding == SavedCategoryEncoding.OneHot ? part.CategoryCount : 0);

    public override void Write(TableCell cell, Span<float> features)
    {
        var text = cell.Text(_source);
        int index = text.IsEmpty ? _missing : _values.TryGetValue(text, out int found) ? found : _unseen;
        if (_slots == 0)
        {
            features[_slot] = index == None ? float.NaN : index;
            return;
        }
        features.Slice(_slot, _slots).Clear();
        if (index != None)
            features[_slot + index] = 1;
    }
}

/// <summary>Writes 0 for what no training row had.</summary>
internal sealed class EmptyPart(int slot) : TablePart
{
    public override void Write(TableCell cell, Span<float> features) => features[slot] = 0;
}
