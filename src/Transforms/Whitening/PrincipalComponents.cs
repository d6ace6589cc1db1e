using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;

namespace MLExtensions.Transforms.Whitening;

/// <summary>The eigenvectors of a covariance matrix, in order of their variances, the largest first.</summary>
/// <param name="Directions">
/// <c>[components x slots]</c>, orthonormal; the entry of each that is largest in absolute value is positive, as in scikit-learn since 1.5.
/// </param>
/// <param name="Variances">The variances along them; zero where they are rounding noise.</param>
internal sealed record PrincipalComponents(double[,] Directions, double[] Variances)
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    /// <summary>The components of a covariance matrix, as many as slots.</summary>
    /// <param name="covariance"><c>[slots x slots]</c>.</param>
    /// <param name="noise">For every slot the variance that is rounding noise of its numbers; null for none.</param>
    public static PrincipalComponents Of(double[,] covariance, double[]? noise = null)
    {
        var (eigenvalues, eigenvectors) = Eigen(covariance);
        int slots = eigenvalues.Length;
        double[,] directions = new double[slots, slots];
        for (int component = 0; component < slots; component++)
        {
            for (int slot = 0; slot < slots; slot++)
                directions[component, slot] = eigenvectors[slot, component];
        }
        return Ordered(directions, eigenvalues, noise);
    }

    /// <summary>The eigenvalues of a symmetric matrix, the largest first, and their eigenvectors in columns.</summary>
    public static (double[] Values, double[,] Vectors) Eigen(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        var decomposition = Matrix<double>.Build.DenseOfArray(matrix).Evd(Symmetricity.Symmetric);
        double[] values = [.. decomposition.EigenValues.Select(value => value.Real)];
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => values[i])];
        double[,] vectors = new double[size, size];
        for (int column = 0; column < size; column++)
        {
            for (int row = 0; row < size; row++)
                vectors[row, column] = decomposition.EigenVectors[row, order[column]];
        }
        return ([.. order.Select(i => values[i])], vectors);
    }

    /// <summary>The variance below which a component is a rounding error of sums over that many slots.</summary>
    public static double NoiseOfSums(int slots, double largest) => MachineEpsilon * slots * Math.Max(0, largest);

    /// <summary>Components with variances of zero where they are noise, in order, with the signs that are promised.</summary>
    public static PrincipalComponents Ordered(double[,] directions, double[] variances, double[]? noise)
    {
        int slots = directions.GetLength(1);
        double[] cleaned = new double[variances.Length];
        for (int k = 0; k < cleaned.Length; k++)
        {
            double threshold = NoiseOfSums(slots, variances[0]);
            if (noise is not null)
                threshold = Math.Max(threshold, NoiseAlong(DirectionOf(directions, k), noise));
            cleaned[k] = variances[k] <= threshold ? 0 : variances[k];
        }

        int[] order = [.. Enumerable.Range(0, cleaned.Length).OrderByDescending(k => cleaned[k])];
        double[,] ordered = new double[cleaned.Length, slots];
        for (int k = 0; k < order.Length; k++)
        {
            var direction = DirectionOf(directions, order[k]);
            double sign = Math.Sign(direction[LargestOf(direction)]);
            for (int slot = 0; slot < slots; slot++)
                ordered[k, slot] = sign * direction[slot];
        }
        return new(ordered, [.. order.Select(k => cleaned[k])]);
    }

    /// <summary>How many components it takes for more than a share of the variance; all where the share is 1.</summary>
    public int CountFor(double shareOfVariance)
    {
        double total = Variances.Sum();
        double sum = 0;
        for (int count = 1; count < Variances.Length; count++)
        {
            sum += Variances[count - 1];
            if (sum > shareOfVariance * total)
                return count;
        }
        return Variances.Length;
    }

    /// <summary>The numbers of one direction.</summary>
    public static Span<double> DirectionOf(double[,] directions, int component) =>
        MemoryMarshal.CreateSpan(ref directions[component, 0], directions.GetLength(1));

    private static double NoiseAlong(ReadOnlySpan<double> direction, double[] noise)
    {
        double sum = 0;
        for (int slot = 0; slot < direction.Length; slot++)
            sum += direction[slot] * direction[slot] * noise[slot];
        return sum;
    }

    private static int LargestOf(ReadOnlySpan<double> direction)
    {
        int largest = 0;
        for (int slot = 1; slot < direction.Length; slot++)
        {
            if (Math.Abs(direction[slot]) > Math.Abs(direction[largest]))
                largest = slot;
        }
        return largest;
    }
}
