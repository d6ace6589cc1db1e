namespace MLExtensions.Networks.Layers;

/// <summary>
/// Points of a plane, in the order of their first coordinate: whose neighbours are sought from there to both sides, until none can be nearer. Of points equally far
/// that of the lower number is nearer. Immutable, so any number of threads may ask at once.
/// </summary>
internal sealed class NeighborPlane
{
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly int[] _points;

    /// <summary>Takes points.</summary>
    /// <param name="x">The first coordinate of each point, finite.</param>
    /// <param name="y">The second.</param>
    /// <param name="order">The points in ascending order of the first coordinate, which planes with the same may share; kept. By default it is sought.</param>
    public NeighborPlane(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int[]? order = null)
    {
        _points = order ?? Order(x.ToArray());
        _x = new float[x.Length];
        _y = new float[x.Length];
        for (int i = 0; i < _points.Length; i++)
            (_x[i], _y[i]) = (x[_points[i]], y[_points[i]]);
    }

    /// <summary>The points in ascending order of a coordinate.</summary>
    /// <param name="x">The coordinate of each.</param>
    public static int[] Order(float[] x)
    {
        int[] points = [.. Enumerable.Range(0, x.Length)];
        Array.Sort(points, (left, right) => x[left] != x[right] ? x[left].CompareTo(x[right]) : left.CompareTo(right));
        return points;
    }

    /// <summary>Finds the nearest points.</summary>
    /// <param name="x">The first coordinate of where they are sought, not NaN.</param>
    /// <param name="y">The second.</param>
    /// <param name="nearest">Receives them, nearest first; its length is how many are sought.</param>
    /// <param name="groups">The group of each point; empty where all count.</param>
    /// <param name="group">The group whose points do not count.</param>
    /// <returns>How many were found: as many as were sought, or all there are.</returns>
    public int Find(float x, float y, Span<Neighbor> nearest, ReadOnlySpan<int> groups = default, int group = -1)
    {
        int right = Array.BinarySearch(_x, x), left, found = 0;
        right = right < 0 ? ~right : right;
        left = right - 1;
        while (left >= 0 || right < _x.Length)
        {
            float before = left >= 0 ? x - _x[left] : float.PositiveInfinity, behind = right < _x.Length ? _x[right] - x : float.PositiveInfinity;
            // Where the row itself lies at infinity, one side may have none left and still be as near.
            bool goesLeft = right >= _x.Length || (left >= 0 && before <= behind);
            int at = goesLeft ? left-- : right++;
            float across = goesLeft ? before : behind;
            if (found == nearest.Length && across * across > nearest[^1].Distance)
                break;
            int point = _points[at];
            if (!groups.IsEmpty && groups[point] == group)
                continue;
            float along = y - _y[at];
            found = Insert(nearest, found, new Neighbor(across * across + along * along, point));
        }
        return found;
    }

    private static int Insert(Span<Neighbor> nearest, int found, Neighbor one)
    {
        if (found == nearest.Length)
        {
            if (!one.IsNearerThan(nearest[found - 1]))
                return found;
            found--;
        }
        int place = found;
        for (; place > 0 && one.IsNearerThan(nearest[place - 1]); place--)
            nearest[place] = nearest[place - 1];
        nearest[place] = one;
        return found + 1;
    }
}

/// <summary>A point near another.</summary>
/// <param name="Distance">The square of its distance.</param>
/// <param name="Point">Its number.</param>
internal readonly record struct Neighbor(float Distance, int Point)
{
    /// <summary>Whether it is nearer.</summary>
    public bool IsNearerThan(Neighbor other) => Distance < other.Distance || (Distance == other.Distance && Point < other.Point);
}
