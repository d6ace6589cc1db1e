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

    public static PrincipalComponents Of(double[,] covariance)
    {
        int slots = covariance.GetLength(0);
        var decomposition = Matrix<double>.Build.DenseOfArray(covariance).Evd(Symmetricity.Symmetric);
        double[] eigenvalues = [.. decomposition.EigenValues.Select(value => value.Real)];
        int[] order = [.. Enumerable.Range(0, slots).OrderByDescending(i => eigenvalues[i])];

        double noise = MachineEpsilon * slots * Math.Max(0, eigenvalues[order[0]]);
        double[,] directions = new double[slots, slots];
        for (int component = 0; component < slots; component++)
        {
            var direction = decomposition.EigenVectors.Column(order[component]);
            double sign = Math.Sign(direction[direction.AbsoluteMaximumIndex()]);
            for (int slot = 0; slot < slots; slot++)
                directions[component, slot] = sign * direction[slot];
        }
        return new(directions, [.. order.Select(i => eigenvalues[i] <= noise ? 0 : eigenvalues[i])]);
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
}
