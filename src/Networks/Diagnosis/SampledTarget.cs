namespace MLExtensions.Networks.Diagnosis;

/// <summary>A target of some rows.</summary>
/// <param name="Values">Its values; NaN where one is missing.</param>
/// <param name="Ranks">What is tested for a relation: of amounts their ranks, which no outlier outweighs.</param>
/// <param name="AreClasses">Whether values are classes, not amounts.</param>
/// <param name="IsPart">Whether the classes are one of several and the rest.</param>
internal sealed record SampledTarget(float[] Values, float[] Ranks, bool AreClasses, bool IsPart)
{
    /// <summary>Classes.</summary>
    public static SampledTarget OfClasses(float[] values, bool isPart = false) => new(values, values, AreClasses: true, isPart);

    /// <summary>Amounts.</summary>
    public static SampledTarget OfAmounts(float[] values) => new(values, RanksOf(values), AreClasses: false, IsPart: false);

    /// <summary>The ranks of values, equal ones alike; NaN for NaN.</summary>
    public static float[] RanksOf(float[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).Where(i => !float.IsNaN(values[i])).OrderBy(i => values[i])];
        float[] ranks = new float[values.Length];
        Array.Fill(ranks, float.NaN);
        for (int first = 0, end; first < order.Length; first = end)
        {
            for (end = first + 1; end < order.Length && values[order[end]] == values[order[first]]; end++)
            {
            }
            for (int i = first; i < end; i++)
                ranks[order[i]] = (first + end - 1) / 2f;
        }
        return ranks;
    }
}
