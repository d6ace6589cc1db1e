namespace MLExtensions.Transforms.Table.Slots;

/// <summary>Finds the index of a category by its text.</summary>
internal sealed class CategoryIndex
{
    /// <summary>What is found for a text that is none of the categories.</summary>
    public const int None = -1;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _values;

    public CategoryIndex(IReadOnlyList<TableCategory> categories)
    {
        var values = new Dictionary<string, int>(categories.Count, StringComparer.Ordinal);
        int missing = None;
        for (int index = 0; index < categories.Count; index++)
        {
            switch (categories[index].Kind)
            {
                case TableCategoryKind.Merged:
                    Unseen = index;
                    break;
                case TableCategoryKind.Missing:
                    missing = index;
                    break;
                default:
                    values.Add(categories[index].Value, index);
                    break;
            }
        }
        Missing = missing == None ? Unseen : missing;
        _values = values.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The index of a text that is none of the values: that of merged categories, or <see cref="None"/>.</summary>
    public int Unseen { get; } = None;

    /// <summary>The index of a missing value: its own, or else that of an unseen one.</summary>
    public int Missing { get; }

    /// <summary>The index; where the text is unseen, that of merged categories, or <see cref="None"/>.</summary>
    /// <param name="text">The text, empty for a missing value.</param>
    public int Find(ReadOnlySpan<char> text) => text.IsEmpty ? Missing : _values.TryGetValue(text, out int index) ? index : Unseen;
}
