namespace MLExtensions.Networks;

/// <summary>What each slot of a row is: a number, or the index of a category, kept as a float. Layouts of the same slots are equal.</summary>
public sealed record RowLayout
{
    /// <summary>The most categories of a slot: a float holds whole numbers exactly up to this.</summary>
    public const int MaximumCount = 1 << 24;

    private readonly CategorySlot[] _categories;

    /// <summary>Makes a layout.</summary>
    /// <param name="width">The number of slots, at least 1.</param>
    /// <param name="categories">The slots of categories, in ascending order; all others are numbers.</param>
    /// <exception cref="ArgumentException">A slot is not there, comes twice or out of order, or has too few or too many categories.</exception>
    public RowLayout(int width, IReadOnlyList<CategorySlot> categories)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(categories);
        int first = 0;
        foreach (var (slot, count) in categories)
        {
            if (slot < first || slot >= width)
                throw new ArgumentException($"The slots of categories must ascend from 0 to {width - 1}, got {slot} where at least {first} was expected.", nameof(categories));
            if (count is < 1 or > MaximumCount)
                throw new ArgumentException($"Slot {slot} must have from 1 to {MaximumCount} categories, got {count}.", nameof(categories));
            first = slot + 1;
        }

        Width = width;
        _categories = [.. categories];
    }

    /// <summary>The number of slots.</summary>
    public int Width { get; }

    /// <summary>The slots of categories, in ascending order.</summary>
    public IReadOnlyList<CategorySlot> Categories => _categories;

    /// <summary>Whether any slot is a category.</summary>
    internal bool HasCategories => _categories.Length > 0;

    /// <summary>A layout of numbers alone.</summary>
    /// <param name="width">The number of slots.</param>
    public static RowLayout Numbers(int width) => new(width, []);

    /// <summary>A layout by the number of categories of each slot.</summary>
    /// <param name="counts">The number of categories of each slot; 0 for a number.</param>
    /// <exception cref="ArgumentException">A count is negative or too large, or there is none.</exception>
    public static RowLayout Of(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);

        return new RowLayout(counts.Count, [.. counts.Index().Where(slot => slot.Item != 0).Select(slot => new CategorySlot(slot.Index, slot.Item))]);
    }

    /// <summary>Finds the first category of a row that is no valid index. Looks at the slots of categories alone.</summary>
    /// <param name="row">The values, one for each slot.</param>
    /// <returns>The slot with its number of categories; null where all are valid.</returns>
    public CategorySlot? FindInvalid(ReadOnlySpan<float> row)
    {
        foreach (var category in _categories)
        {
            if (category.IndexOf(row[category.Slot]) < 0)
                return category;
        }
        return null;
    }

    /// <inheritdoc/>
    public bool Equals(RowLayout? other) => other is not null && Width == other.Width && _categories.AsSpan().SequenceEqual(other._categories);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, _categories.Length, _categories.LastOrDefault());

    /// <summary>Such as <c>5 slots, categories 1: 4, 3: 7</c>.</summary>
    public override string ToString() =>
        $"{Width} slots, {(HasCategories ? $"categories {string.Join(", ", _categories.Select(category => $"{category.Slot}: {category.Count}"))}" : "no categories")}";
}
