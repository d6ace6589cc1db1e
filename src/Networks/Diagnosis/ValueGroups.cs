namespace MLExtensions.Networks.Diagnosis;

/// <summary>Numbers in some groups of about the same size, missing ones (NaN) in one of their own.</summary>
internal static class ValueGroups
{
    private const int Groups = 8;

    /// <summary>The group of each number.</summary>
    public static int[] Of(float[] values)
    {
        float[] sorted = [.. values.Where(value => !float.IsNaN(value)).Order()];
        if (sorted.Length == 0)
            return new int[values.Length];

        // Of few values, such as 0 and 1, each is a group.
        float[] distinct = [.. sorted.Distinct().Take(Groups + 1)];
        float[] edges = distinct.Length <= Groups ? distinct : [.. Enumerable.Range(0, Groups).Select(i => sorted[(int)((long)i * sorted.Length / Groups)]).Distinct()];
        return [.. values.Select(value => float.IsNaN(value) ? 0 : 1 + Place(edges, value))];
    }

    private static int Place(float[] edges, float value)
    {
        int place = Array.BinarySearch(edges, value);
        return place >= 0 ? place : ~place - 1;
    }
}
