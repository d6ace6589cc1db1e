namespace MLExtensions.Reports.Measures;

/// <summary>Rows with their labels and what a model says of them.</summary>
/// <param name="Width">The labels of a row, and for several classes the scores of a row.</param>
/// <param name="Labels">Of two classes or several labels 1 or 0, of several classes their number from 0, of regression the value; a value for each label of each row.</param>
/// <param name="Scores">The probability of the positive class, of each class or label; or the predicted value.</param>
/// <param name="WithoutLabel">How many rows were left out, since a label is missing.</param>
internal sealed record ScoredRows(int Width, IReadOnlyList<float> Labels, IReadOnlyList<float> Scores, int WithoutLabel)
{
    /// <summary>The number of rows.</summary>
    public int Count => Scores.Count / Width;

    /// <summary>The labels and scores of one of several labels.</summary>
    public (float[] Labels, float[] Scores) Of(int label) =>
        ([.. Enumerable.Range(0, Count).Select(row => Labels[row * Width + label])], [.. Enumerable.Range(0, Count).Select(row => Scores[row * Width + label])]);

    /// <summary>The predicted class of a row: the first of equally likely ones; of two the positive one above one half.</summary>
    public int PredictedClass(int row)
    {
        if (Width == 1)
            return Scores[row] > 0.5f ? 1 : 0;
        int best = 0;
        for (int i = 1; i < Width; i++)
        {
            if (Scores[row * Width + i] > Scores[row * Width + best])
                best = i;
        }
        return best;
    }
}
