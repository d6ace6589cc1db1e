using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Archives;
using static System.FormattableString;

namespace MLExtensions.Pipeline;

/// <summary>
/// The names of the slots of a vector column, as its annotation <see cref="AnnotationNames.SlotNames"/> gives them: what was fitted to a
/// column remembers them, and refuses one whose slots have other names or another order.
/// </summary>
/// <remarks>
/// A slot without a name counts as unknown, and fits any. Of up to <see cref="MostTexts"/> slots the names themselves are kept; of more a
/// hash of 24 bits for each, 4 bytes a slot, so that wide columns cost no more than their numbers do; of more than
/// <see cref="MostHashes"/> nothing is read, kept or compared: the names of 2,000,000 slots took 0.3 s at each look at the column.
/// </remarks>
public sealed class SlotNames
{
    /// <summary>The most slots whose names are kept as texts.</summary>
    public const int MostTexts = 4096;

    /// <summary>The most slots whose names are looked at.</summary>
    public const int MostHashes = 1 << 20;

    private const int MostNamed = 3;

    private readonly string[]? _texts;
    private readonly float[] _hashes;

    private SlotNames(string[]? texts, float[] hashes)
    {
        _texts = texts;
        _hashes = hashes;
    }

    /// <summary>The number of slots.</summary>
    public int Count => _hashes.Length;

    /// <summary>The names, empty where a slot has none; null where there are more than <see cref="MostTexts"/>.</summary>
    public IReadOnlyList<string>? Texts => _texts;

    /// <summary>Reads the names of a column.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The names; null where no slot has one, or where there are more than <see cref="MostHashes"/> slots.</returns>
    public static SlotNames? Of(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        return HashesOf(column, ref names) is { } hashes
            ? new(hashes.Length > MostTexts ? null : [.. names.DenseValues().Select(name => name.ToString())], hashes)
            : null;
    }

    /// <summary>Makes names of texts.</summary>
    /// <param name="names">The name of each slot, empty where it has none.</param>
    public static SlotNames Of(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);

        return new(names.Count > MostTexts ? null : [.. names], [.. names.Select(name => Hash(name))]);
    }

    /// <summary>Refuses a column whose slots have other names; one whose slots have none is accepted.</summary>
    /// <param name="column">The column.</param>
    /// <param name="role">What the column is for, such as <c>feature</c>.</param>
    /// <param name="owner">Whose names these are, such as <c>the model</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A slot has another name.</exception>
    public void Require(DataViewSchema.Column column, string role, string owner)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (HashesOf(column, ref names) is not { } got || got.Length != Count || got.AsSpan().SequenceEqual(_hashes))
            return;

        var differing = Enumerable.Range(0, Count).Where(slot => got[slot] != _hashes[slot] && got[slot] != 0 && _hashes[slot] != 0).ToList();
        if (differing.Count > 0)
            throw SchemaChecks.Mismatch(role, column.Name, $"the slots of {owner}", Describe(names, got, differing));
    }

    /// <summary>What an archive says of the names besides <see cref="ToTensors"/>.</summary>
    public SlotNamesDescription Describe() => new(_texts);

    /// <summary>What an archive holds of names that are too many for texts.</summary>
    /// <param name="name">The name of the tensor.</param>
    public IEnumerable<Tensor> ToTensors(string name) => _texts is null ? [new Tensor(name, [Count], _hashes)] : [];

    /// <summary>Reads what was written.</summary>
    /// <param name="description">What <see cref="Describe()"/> gave; null where there were no names.</param>
    /// <param name="tensors">The tensors of the component.</param>
    /// <param name="name">The name of the tensor.</param>
    /// <param name="slots">The number of slots that there must be.</param>
    /// <exception cref="FormatException">The names are of another number of slots, or damaged.</exception>
    public static SlotNames? Read(SlotNamesDescription? description, TensorSet tensors, string name, int slots)
    {
        ArgumentNullException.ThrowIfNull(tensors);

        if (description is null)
            return null;
        if (description.Texts is not { } texts)
            return new(null, tensors.TakeSingles(name, slots));
        if (texts.Count != slots || texts.Contains(null!))
            throw new FormatException(Invariant($"it names {texts.Count(text => text is not null)} slots of {slots}"));
        return new([.. texts], [.. texts.Select(text => Hash(text))]);
    }

    /// <summary>The names of a column as hashes; null where no slot has a name.</summary>
    private static float[]? HashesOf(DataViewSchema.Column column, ref VBuffer<ReadOnlyMemory<char>> names)
    {
        if (!column.HasSlotNames() || ((VectorDataViewType)column.Type).Size > MostHashes)
            return null;

        column.GetSlotNames(ref names);
        float[] hashes = new float[names.Length];
        foreach (var (slot, name) in names.Items())
            hashes[slot] = Hash(name.Span);
        return hashes.AsSpan().ContainsAnyExcept(0) ? hashes : null;
    }

    private string Describe(in VBuffer<ReadOnlyMemory<char>> names, float[] hashes, List<int> differing)
    {
        var all = names;
        string slots = string.Join(", ", differing.Take(MostNamed).Select(slot =>
            Invariant($"'{all.GetItemOrDefault(slot)}' in slot {slot} for {(_texts is null ? "another name" : $"'{_texts[slot]}'")}")));
        string more = differing.Count > MostNamed ? Invariant($" and {differing.Count - MostNamed} more") : "";
        return _hashes.Order().SequenceEqual(hashes.Order())
            ? $"the same names in another order: {slots}{more}. Put the slots in the same order, as Concatenate gets its columns"
            : $"{slots}{more}. Give the columns that it was fitted to";
    }

    /// <summary>0 for no name, else a whole number up to 2^24, which a <c>Single</c> holds exactly: FNV-1a, folded.</summary>
    private static float Hash(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
            return 0;

        uint hash = 2166136261;
        foreach (char letter in name)
            hash = (hash ^ letter) * 16777619;
        return (hash >> 8 ^ hash & 0xFF) + 1;
    }
}
