namespace MLExtensions.Transforms.Whitening;

/// <summary>The principal components of fewer rows than slots, through the products of rows with rows.</summary>
/// <remarks>
/// The products of rows, <c>X X'</c>, have the eigenvalues of those of slots, <c>X' X</c>, but for zeros, and eigenvectors <c>u</c> that lead to
/// theirs: <c>X' u</c>. With 100 rows of 3,000 slots that is a matrix of 100 x 100 in place of one of 3,000 x 3,000.
/// </remarks>
internal static class ComponentsOfFewRows
{
    // Directions of small variances are sums that cancel: what they have of the large ones is taken out again.
    private const double SmallShare = 1e-6;

    /// <summary>As many components as rows, or more where asked for.</summary>
    /// <param name="rows">The rows less their means, <c>[rows][slots]</c>.</param>
    /// <param name="count">The least number of components, at most that of the slots; what has no variance points anywhere at right angles.</param>
    /// <param name="noise">For every slot the variance that is rounding noise of its numbers.</param>
    public static PrincipalComponents Of(double[][] rows, int count, double[] noise)
    {
        int slots = rows[0].Length;
        var (eigenvalues, eigenvectors) = PrincipalComponents.Eigen(Products(rows));
        double[] variances = new double[Math.Max(rows.Length, count)];
        eigenvalues.CopyTo(variances, 0);
        double[,] directions = new double[variances.Length, slots];
        double[] squares = new double[slots];
        for (int k = 0; k < variances.Length; k++)
        {
            var direction = PrincipalComponents.DirectionOf(directions, k);
            if (variances[k] > PrincipalComponents.NoiseOfSums(slots, variances[0]))
            {
                for (int row = 0; row < rows.Length; row++)
                    Multiples.Add(eigenvectors[row, k], rows[row], direction);
                Normalize(direction);
                if (variances[k] < SmallShare * variances[0])
                    TakeOut(directions, k);
            }
            else
            {
                // Any direction will do: that of the slot of which the others have least.
                variances[k] = 0;
                direction[Array.IndexOf(squares, squares.Min())] = 1;
                TakeOut(directions, k);
                TakeOut(directions, k);
            }
            for (int slot = 0; slot < slots; slot++)
                squares[slot] += direction[slot] * direction[slot];
        }
        return PrincipalComponents.Ordered(directions, variances, noise);
    }

    /// <summary>The products of rows with rows over <c>rows - 1</c>, slot by slot: a lane for each product.</summary>
    private static double[,] Products(double[][] rows)
    {
        int count = rows.Length;
        double[] sums = new double[count * count];
        double[] ofSlot = new double[count];
        for (int slot = 0; slot < rows[0].Length; slot++)
        {
            for (int row = 0; row < count; row++)
                ofSlot[row] = rows[row][slot];
            for (int row = 0; row < count; row++)
                Multiples.Add(ofSlot[row], ofSlot.AsSpan(row), sums.AsSpan(row * count + row));
        }

        double[,] products = new double[count, count];
        for (int row = 0; row < count; row++)
        {
            for (int column = row; column < count; column++)
                products[row, column] = products[column, row] = sums[row * count + column] / (count - 1);
        }
        return products;
    }

    private static void TakeOut(double[,] directions, int component)
    {
        var direction = PrincipalComponents.DirectionOf(directions, component);
        for (int k = 0; k < component; k++)
        {
            var other = PrincipalComponents.DirectionOf(directions, k);
            Multiples.Add(-Multiples.Dot(other, direction), other, direction);
        }
        Normalize(direction);
    }

    private static void Normalize(Span<double> direction)
    {
        double largest = 0;
        foreach (double value in direction)
            largest = Math.Max(largest, Math.Abs(value));

        // Squares of small numbers underflow.
        for (int slot = 0; slot < direction.Length; slot++)
            direction[slot] /= largest;
        double length = Math.Sqrt(Multiples.Dot(direction, direction));
        for (int slot = 0; slot < direction.Length; slot++)
            direction[slot] /= length;
    }
}
