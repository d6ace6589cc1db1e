using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>What each slot of a row is: a number, or the index of a category, kept as a float. Layouts of the same slots are equal.</summary>
public sealed record RowLayout
{
    /// <summary>The most categories of a slot: a float holds whole numbers exactly up to this.</summary>
    public const int MaximumCount = 1 << 24;

    private static readonly Comparer<CategorySlot> s_bySlot = Comparer<CategorySlot>.Create((left, right) => left.Slot.CompareTo(right.Slot));

    private readonly CategorySlot[] _categories;
    private readonly int[] _missing = [];

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

    // The default of Missing stands here too: what reads JSON without reflection takes those of constructors alone.
    [JsonConstructor]
    internal RowLayout(int width, IReadOnlyList<CategorySlot> categories, IReadOnlyList<int> missing = null!)
        : this(width, categories) => Missing = missing ?? [];

    /// <summary>The number of slots.</summary>
    public int Width { get; }

    /// <summary>The slots of categories, in ascending order.</summary>
    public IReadOnlyList<CategorySlot> Categories => _categories;

    /// <summary>
    /// The slots of numbers that may be NaN, in ascending order; none by default. NaN in the slot of a category is always allowed: it says
    /// that the row has none of the categories.
    /// </summary>
    /// <exception cref="ArgumentException">A slot is not there, comes twice or out of order, or is a category.</exception>
    public IReadOnlyList<int> Missing
    {
        get => _missing;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            int first = 0;
            foreach (int slot in value)
            {
                if (slot < first || slot >= Width)
                    throw new ArgumentException($"The slots that may be missing must ascend from 0 to {Width - 1}, got {slot} where at least {first} was expected.", nameof(value));
                if (IsCategory(slot))
                    throw new ArgumentException($"Slot {slot} is a category, which may be missing anyway.", nameof(value));
                first = slot + 1;
            }
            _missing = [.. value];
        }
    }

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

    /// <summary>Whether a slot is a category.</summary>
    /// <param name="slot">The slot.</param>
    public bool IsCategory(int slot) => Array.BinarySearch(_categories, new CategorySlot(slot, 0), s_bySlot) >= 0;

    /// <summary>Whether the slots are numbers and categories alike, whatever may be missing.</summary>
    /// <param name="other">Another layout.</param>
    public bool HasSlotsOf(RowLayout? other) => other is not null && Width == other.Width && _categories.AsSpan().SequenceEqual(other._categories);

    /// <summary>Finds the first number of a row that is infinite, or NaN where none may be missing.</summary>
    /// <param name="row">The values, one for each slot.</param>
    /// <returns>The slot; -1 where all are as they may be.</returns>
    public int FindNotFinite(ReadOnlySpan<float> row)
    {
        for (int slot = 0; slot < row.Length; slot++)
        {
            float value = row[slot];
            if (!float.IsFinite(value) && !(float.IsNaN(value) && (Array.BinarySearch(_missing, slot) >= 0 || IsCategory(slot))))
                return slot;
        }
        return -1;
    }

    /// <summary>Finds the first category of a row that is neither a valid index nor NaN. Looks at the slots of categories alone.</summary>
    /// <param name="row">The values, one for each slot.</param>
    /// <returns>The slot with its number of categories; null where all are valid.</returns>
    public CategorySlot? FindInvalid(ReadOnlySpan<float> row)
    {
        foreach (var category in _categories)
        {
            float value = row[category.Slot];
            if (category.IndexOf(value) < 0 && !float.IsNaN(value))
                return category;
        }
        return null;
    }

    /// <inheritdoc/>
    public bool Equals(RowLayout? other) => HasSlotsOf(other) && _missing.AsSpan().SequenceEqual(other!._missing);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, _categories.Length, _categories.LastOrDefault(), _missing.Length);

    /// <summary>Such as <c>5 slots, categories 1: 4, 3: 7</c>.</summary>
    public override string ToString() =>
        $"{Width} slots, {(HasCategories ? $"categories {string.Join(", ", _categories.Select(category => $"{category.Slot}: {category.Count}"))}" : "no categories")}{(_missing.Length > 0 ? $", missing {string.Join(", ", _missing)}" : "")}";
}
