namespace MLExtensions.Networks.Explanation;

/// <summary>
/// The way from a baseline to a row. A number goes straight from the one to the other in its own units, and what the layers of the input make
/// of it follows; what has nothing in between, a category or a number that is missing on one side, goes straight in the space behind those
/// layers. The way through that space is a polygon with its corners at equally spaced shares of the way, so that breaks and jumps of those layers
/// (edges of bins, repeated quantiles) lie in edges that are straight, and nothing but the network behind is integrated over.
/// </summary>
/// <param name="networks">The members of an ensemble, or the one network; each has a space of its own.</param>
/// <param name="layout">What the slots are; null where nobody knows.</param>
/// <param name="mean">What of the outputs of members is averaged.</param>
internal sealed class GradientPath(GradientNetwork[] networks, RowLayout? layout, EnsembleMean mean)
{
    // Gauss and Legendre's three points between 0 and 1, exact for polynomials up to the fifth degree.
    private static readonly double[] s_points = [0.5 - Math.Sqrt(0.15), 0.5, 0.5 + Math.Sqrt(0.15)];
    private static readonly double[] s_weights = [5 / 18.0, 8 / 18.0, 5 / 18.0];

    private readonly int _capacity = networks.Min(network => network.Capacity);

    /// <summary>The gradients of each piece of an edge.</summary>
    public static int StepsOfPiece => s_points.Length;

    /// <summary>Integrates.</summary>
    /// <param name="features">The row.</param>
    /// <param name="baseline">Where the way begins.</param>
    /// <param name="edges">The number of edges.</param>
    /// <param name="pieces">The number of pieces of each edge.</param>
    /// <param name="outputs">The number of outputs of the networks.</param>
    /// <param name="score">The number whose gradient is integrated.</param>
    /// <param name="attributions">Receives the contribution of each slot.</param>
    public void Integrate(ReadOnlySpan<float> features, ReadOnlySpan<float> baseline, int edges, int pieces, int outputs, ScoreFunction score, Span<double> attributions)
    {
        attributions.Clear();
        bool[] isStraight = [.. Enumerable.Range(0, features.Length).Select(slot => layout?.IsCategory(slot) == true)];
        for (int slot = 0; slot < isStraight.Length; slot++)
            isStraight[slot] |= !float.IsFinite(features[slot]) || !float.IsFinite(baseline[slot]);
        float[] corners = Corners(features, baseline, edges, isStraight);
        float[] beginning = [.. baseline];
        float[][] columns = Array.ConvertAll(networks, network => Encode(network, corners, beginning, edges, isStraight));

        int steps = edges * pieces * StepsOfPiece;
        float[][] members = Array.ConvertAll(networks, _ => new float[_capacity * outputs]);
        double[] gradient = new double[outputs], shares = new double[networks.Length * outputs];
        float[] own = new float[networks.Length * outputs], means = new float[outputs];
        double[][] ofOutputs = Array.ConvertAll(networks, _ => new double[_capacity * outputs]);
        for (int first = 0; first < steps; first += _capacity)
        {
            int count = Math.Min(_capacity, steps - first);
            for (int k = 0; k < networks.Length; k++)
                networks[k].Forward(Points(columns[k], networks[k].Columns, pieces, first, count), count, members[k]);

            for (int row = 0; row < count; row++)
            {
                for (int k = 0; k < networks.Length; k++)
                    members[k].AsSpan(row * outputs, outputs).CopyTo(own.AsSpan(k * outputs));
                MeanGradient.Mean(mean, own, means);
                score(means, gradient);
                MeanGradient.Share(mean, own, gradient, shares);
                for (int k = 0; k < networks.Length; k++)
                    shares.AsSpan(k * outputs, outputs).CopyTo(ofOutputs[k].AsSpan(row * outputs));
            }

            for (int k = 0; k < networks.Length; k++)
                Add(networks[k], columns[k], ofOutputs[k], pieces, first, count, attributions);
        }
    }

    // The rows at the corners, [edges + 1 x slots].
    private static float[] Corners(ReadOnlySpan<float> features, ReadOnlySpan<float> baseline, int edges, bool[] isStraight)
    {
        int slots = features.Length;
        float[] corners = new float[checked((edges + 1) * slots)];
        for (int corner = 0; corner <= edges; corner++)
        {
            double share = (double)corner / edges;
            for (int slot = 0; slot < slots; slot++)
            {
                corners[corner * slots + slot] = isStraight[slot] || corner == edges
                    ? features[slot]
                    : (float)(baseline[slot] + share * ((double)features[slot] - baseline[slot]));
            }
        }
        return corners;
    }

    private static float[] Encode(GradientNetwork network, float[] corners, float[] baseline, int edges, bool[] isStraight)
    {
        int width = network.Columns;
        float[] columns = new float[checked((edges + 1) * width)], start = new float[width];
        network.Encode(corners, edges + 1, columns);
        network.Encode(baseline, 1, start);
        var end = columns.AsSpan(edges * width);
        for (int column = 0; column < width; column++)
        {
            var (one, other) = network.SlotsOfColumn[column];
            if (!isStraight[one] && !isStraight[other])
                continue;
            for (int corner = 0; corner < edges; corner++)
                columns[corner * width + column] = (float)(start[column] + (double)corner / edges * ((double)end[column] - start[column]));
        }
        return columns;
    }

    private static float[] Points(float[] corners, int width, int pieces, int first, int count)
    {
        float[] points = new float[count * width];
        for (int row = 0; row < count; row++)
        {
            var (piece, point) = Math.DivRem(first + row, StepsOfPiece);
            var (edge, part) = Math.DivRem(piece, pieces);
            var from = corners.AsSpan(edge * width, width);
            var to = corners.AsSpan((edge + 1) * width, width);
            float share = (float)((part + s_points[point]) / pieces);
            for (int column = 0; column < width; column++)
                points[row * width + column] = from[column] + share * (to[column] - from[column]);
        }
        return points;
    }

    private static void Add(GradientNetwork network, float[] corners, double[] ofOutputs, int pieces, int first, int count, Span<double> attributions)
    {
        int width = network.Columns;
        float[] gradients = new float[count * width];
        network.Backward(ofOutputs, count, gradients);
        for (int row = 0; row < count; row++)
        {
            var (piece, point) = Math.DivRem(first + row, StepsOfPiece);
            var from = corners.AsSpan(piece / pieces * width, width);
            var to = corners.AsSpan((piece / pieces + 1) * width, width);
            double weight = s_weights[point] / pieces;
            for (int column = 0; column < width; column++)
            {
                var (one, other) = network.SlotsOfColumn[column];
                double half = weight * gradients[row * width + column] * ((double)to[column] - from[column]) / 2;
                attributions[one] += half;
                attributions[other] += half;
            }
        }
    }
}
