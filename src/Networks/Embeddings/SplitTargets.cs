namespace MLExtensions.Networks.Embeddings;

/// <summary>Targets as amounts, for trees that split where the sum of squared deviations falls the most.</summary>
internal static class SplitTargets
{
    /// <summary>
    /// The targets of some rows: a class as one of 0 and 1 for each class, of which the sum of squared deviations is Gini's impurity; one that
    /// is missing as the mean of its column, which pulls no split.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="classes">The number of classes that targets are numbers of; 0 where they are amounts.</param>
    public static float[] Of(DataBlock data, ReadOnlySpan<int> rows, int classes)
    {
        int width = classes > 0 ? classes : data.TargetCount;
        float[] targets = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            var own = data.Targets.AsSpan(rows[i] * data.TargetCount, data.TargetCount);
            if (classes > 0)
                targets[i * width + (int)own[0]] = 1;
            else
                own.CopyTo(targets.AsSpan(i * width));
        }
        for (int column = 0; column < width; column++)
            FillMissing(targets, column, width);
        return targets;
    }

    private static void FillMissing(float[] targets, int column, int width)
    {
        double sum = 0;
        int present = 0;
        for (int i = column; i < targets.Length; i += width)
        {
            if (float.IsNaN(targets[i]))
                continue;
            sum += targets[i];
            present++;
        }
        if (present == targets.Length / width)
            return;

        float mean = present > 0 ? (float)(sum / present) : 0;
        for (int i = column; i < targets.Length; i += width)
        {
            if (float.IsNaN(targets[i]))
                targets[i] = mean;
        }
    }
}
