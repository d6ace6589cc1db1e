using System.Runtime.InteropServices;

namespace MLExtensions.Transforms.Table.Profiles;

/// <summary>How often each text occurs.</summary>
internal sealed class TextCounts
{
    private readonly Dictionary<string, long> _counts;
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public TextCounts()
    {
        _counts = new(StringComparer.Ordinal);
        _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The number of different texts.</summary>
    public int Distinct => _counts.Count;

    /// <summary>The texts with the rows of each, in no order.</summary>
    public IEnumerable<KeyValuePair<string, long>> Items => _counts;

    /// <summary>Counts a text; a string is made of it only the first time.</summary>
    public void Add(ReadOnlySpan<char> text) => CollectionsMarshal.GetValueRefOrAddDefault(_lookup, text, out _)++;
}
