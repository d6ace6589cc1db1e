namespace MLExtensions.Networks.Layers;

/// <summary>
/// Points of a plane in a k-d tree, by which the nearest are found. Of points equally far that of the lower number is nearer; points that lie on one another are one place in the tree.
/// Immutable, so any number of threads may ask at once.
/// </summary>
/// <remarks>Bentley 1975, doi 10.1145/361002.361007.</remarks>
internal sealed class NeighborPlane
{
    private const int LeafPlaces = 8;

    // Place by place, in the order of the tree: the coordinates, and where its points begin, which ascend.
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly int[] _starts;
    private readonly int[] _points;
    private readonly List<Node> _nodes = [];

    /// <summary>Takes points.</summary>
    /// <param name="x">The first coordinate of each point, finite.</param>
    /// <param name="y">The second.</param>
    public NeighborPlane(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var (placeX, placeY, placeOf) = PlacesOf(x, y);
        int[] order = [.. Enumerable.Range(0, placeX.Length)];
        if (order.Length > 0)
            Divide(placeX, placeY, order, 0, order.Length);

        _x = [.. order.Select(place => placeX[place])];
        _y = [.. order.Select(place => placeY[place])];
        int[] rank = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            rank[order[i]] = i;
        _starts = new int[order.Length + 1];
        foreach (int place in placeOf)
            _starts[rank[place] + 1]++;
        for (int i = 0; i < order.Length; i++)
            _starts[i + 1] += _starts[i];
        int[] next = [.. _starts];
        _points = new int[placeOf.Length];
        for (int point = 0; point < placeOf.Length; point++)
            _points[next[rank[placeOf[point]]]++] = point;
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
        int found = 0;
        if (_nodes.Count > 0)
            Search(0, x, y, nearest, ref found, groups, group);
        return found;
    }

    private void Search(int index, float x, float y, Span<Neighbor> nearest, ref int found, ReadOnlySpan<int> groups, int group)
    {
        ref readonly Node node = ref CollectionsMarshal.AsSpan(_nodes)[index];
        if (found == nearest.Length && node.DistanceOf(x, y) > nearest[^1].Distance)
            return;
        if (node.Right == 0)
        {
            for (int place = node.First; place < node.End; place++)
                Visit(place, x, y, nearest, ref found, groups, group);
            return;
        }

        var nodes = CollectionsMarshal.AsSpan(_nodes);
        int left = index + 1, right = node.Right;
        bool leftFirst = nodes[left].DistanceOf(x, y) <= nodes[right].DistanceOf(x, y);
        Search(leftFirst ? left : right, x, y, nearest, ref found, groups, group);
        Search(leftFirst ? right : left, x, y, nearest, ref found, groups, group);
    }

    private void Visit(int place, float x, float y, Span<Neighbor> nearest, ref int found, ReadOnlySpan<int> groups, int group)
    {
        float across = x - _x[place], along = y - _y[place], distance = across * across + along * along;
        for (int i = _starts[place]; i < _starts[place + 1]; i++)
        {
            int point = _points[i];
            if (!groups.IsEmpty && groups[point] == group)
                continue;
            // Those that follow are as far, and of higher numbers.
            if (!Insert(nearest, ref found, new Neighbor(distance, point)))
                return;
        }
    }

    private static bool Insert(Span<Neighbor> nearest, ref int found, Neighbor one)
    {
        if (found == nearest.Length)
        {
            if (!one.IsNearerThan(nearest[found - 1]))
                return false;
            found--;
        }
        int place = found;
        for (; place > 0 && one.IsNearerThan(nearest[place - 1]); place--)
            nearest[place] = nearest[place - 1];
        nearest[place] = one;
        found++;
        return true;
    }

    private static (float[] X, float[] Y, int[] PlaceOf) PlacesOf(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var places = new Dictionary<(float X, float Y), int>(x.Length);
        var (placeX, placeY) = (new List<float>(x.Length), new List<float>(x.Length));
        int[] placeOf = new int[x.Length];
        for (int point = 0; point < x.Length; point++)
        {
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, (x[point], y[point]), out bool exists);
            if (!exists)
            {
                place = placeX.Count;
                placeX.Add(x[point]);
                placeY.Add(y[point]);
            }
            placeOf[point] = place;
        }
        return ([.. placeX], [.. placeY], placeOf);
    }

    // Halves the places along the longer side of the rectangle that they lie in, until few are left. The left half of a node follows it.
    private void Divide(float[] x, float[] y, int[] order, int first, int end)
    {
        var node = new Node { MinX = float.PositiveInfinity, MinY = float.PositiveInfinity, MaxX = float.NegativeInfinity, MaxY = float.NegativeInfinity, First = first, End = end };
        for (int i = first; i < end; i++)
        {
            (node.MinX, node.MaxX) = (Math.Min(node.MinX, x[order[i]]), Math.Max(node.MaxX, x[order[i]]));
            (node.MinY, node.MaxY) = (Math.Min(node.MinY, y[order[i]]), Math.Max(node.MaxY, y[order[i]]));
        }
        int index = _nodes.Count;
        _nodes.Add(node);
        if (end - first <= LeafPlaces)
            return;

        float[] along = node.MaxX - node.MinX >= node.MaxY - node.MinY ? x : y, keys = new float[end - first];
        for (int i = first; i < end; i++)
            keys[i - first] = along[order[i]];
        keys.AsSpan().Sort(order.AsSpan(first, end - first));
        int middle = (first + end) / 2;
        Divide(x, y, order, first, middle);
        node.Right = _nodes.Count;
        _nodes[index] = node;
        Divide(x, y, order, middle, end);
    }

    /// <summary>A rectangle with the places in it; where it has halves, the second is the node <see cref="Right"/>.</summary>
    private struct Node
    {
        public float MinX, MaxX, MinY, MaxY;
        public int First, End, Right;

        /// <summary>The square of the distance of its nearest point: no more than that of any place in it, since each step rounds in one direction for both.</summary>
        public readonly float DistanceOf(float x, float y)
        {
            float across = Gap(x, MinX, MaxX), along = Gap(y, MinY, MaxY);
            return across * across + along * along;
        }

        private static float Gap(float value, float least, float most) => value < least ? least - value : value > most ? value - most : 0;
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
