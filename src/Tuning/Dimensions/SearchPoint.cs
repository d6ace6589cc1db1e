namespace MLExtensions.Tuning.Dimensions;

/// <summary>A value for each dimension that is there, by name. Equal where all values are.</summary>
internal sealed class SearchPoint : IEquatable<SearchPoint>
{
    private readonly SortedDictionary<string, double> _values;

    public SearchPoint(IEnumerable<KeyValuePair<string, double>> values) => _values = new(values.ToDictionary(), StringComparer.Ordinal);

    /// <summary>The point without any value: options as they were given.</summary>
    public static SearchPoint Empty { get; } = new([]);

    /// <summary>The values, in the order of the names.</summary>
    public IReadOnlyDictionary<string, double> Values => _values;

    /// <summary>The value of a dimension; null where it is not there.</summary>
    public double? this[string name] => _values.TryGetValue(name, out double value) ? value : null;

    public bool Equals(SearchPoint? other) => other is not null && _values.SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as SearchPoint);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in _values)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }
        return hash.ToHashCode();
    }
}
