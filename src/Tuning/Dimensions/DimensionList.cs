namespace MLExtensions.Tuning.Dimensions;

/// <summary>The dimensions of a search; those that a choice makes appear stand behind it.</summary>
internal sealed class DimensionList(IReadOnlyList<Dimension> dimensions)
{
    public IReadOnlyList<Dimension> All => dimensions;

    /// <summary>Makes a point: asks for a value of each dimension that is there, in order, where it may be there by what was chosen before.</summary>
    public SearchPoint Fill(Func<Dimension, double> choose)
    {
        var values = new Dictionary<string, double>();
        foreach (var dimension in dimensions)
        {
            if (IsActive(dimension, name => values.TryGetValue(name, out double value) ? value : null))
                values.Add(dimension.Name, choose(dimension));
        }
        return new SearchPoint(values);
    }

    /// <summary>A point drawn uniformly.</summary>
    public SearchPoint Draw(RandomStream random) => Fill(dimension => dimension.Draw(random));

    /// <summary>All points of a grid, in the order of the dimensions, the last changing fastest.</summary>
    /// <param name="most">How many values of a range at most.</param>
    public IEnumerable<SearchPoint> Grid(int most) => Grid([], 0, most).Select(values => new SearchPoint(values));

    /// <summary>Checks a point that comes from elsewhere: whether it has a value that is allowed for each dimension that is there, and no other.</summary>
    public bool Fits(SearchPoint point)
    {
        var expected = dimensions.Where(dimension => IsActive(dimension, name => point[name])).ToList();
        return expected.Count == point.Values.Count && expected.TrueForAll(dimension => point[dimension.Name] is { } value && dimension.Has(value));
    }

    private IEnumerable<KeyValuePair<string, double>[]> Grid(KeyValuePair<string, double>[] before, int index, int most)
    {
        if (index == dimensions.Count)
            return [before];

        var dimension = dimensions[index];
        var known = before.ToDictionary();
        return IsActive(dimension, name => known.TryGetValue(name, out double value) ? value : null)
            ? dimension.Spread(most).SelectMany(value => Grid([.. before, new(dimension.Name, value)], index + 1, most))
            : Grid(before, index + 1, most);
    }

    private static bool IsActive(Dimension dimension, Func<string, double?> valueOf) =>
        dimension.Condition is not { } condition || valueOf(condition.Choice) is { } value && condition.Places.Contains((int)value);
}
