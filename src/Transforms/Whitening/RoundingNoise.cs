namespace MLExtensions.Transforms.Whitening;

/// <summary>What variance the rounding of the numbers of a column accounts for.</summary>
/// <remarks>
/// <para>A number of <c>Single</c> is rounded to <c>2^-23</c> of itself at most, a slot therefore to <c>2^-46</c> of its mean square, and each of the
/// others that it was computed from again. An earlier scaler, which marks its results as normalized, may have taken a mean away that was
/// much larger than the spread, and the rounding error of that has stayed: how large it was cannot be seen in the results. There
/// <c>2^-23</c> of the variance counts as noise too, which covers means up to about 3,000 deviations, and loses a relation between slots
/// only where less than one part in 3,000 of their deviation is their own.</para>
/// <para><c>Double</c> columns have none here: the rounding of sums is <see cref="PrincipalComponents"/>' own matter.</para>
/// </remarks>
internal static class RoundingNoise
{
    private const double SingleEpsilon = 1.1920928955078125e-7;

    /// <summary>The variance of every slot that is noise; that along a direction is the sum of these times its squares.</summary>
    public static double[] VariancesOf(DataViewSchema.Column column, double[] means, double[] variances)
    {
        double[] noise = new double[means.Length];
        if (((VectorDataViewType)column.Type).ItemType != NumberDataViewType.Single)
            return noise;

        bool isNormalized = column.IsNormalized();
        for (int slot = 0; slot < noise.Length; slot++)
        {
            double ofMagnitude = SingleEpsilon * SingleEpsilon * (means[slot] * means[slot] + variances[slot]);
            double ofSpread = isNormalized ? SingleEpsilon * variances[slot] : 0;
            noise[slot] = noise.Length * (ofMagnitude + ofSpread);
        }
        return noise;
    }
}
