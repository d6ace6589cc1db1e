using System.Buffers;

namespace MLExtensions.Networks.Scoring;

/// <summary>The standard deviation of the scores of several networks. Immutable and thread-safe.</summary>
/// <param name="members">The networks.</param>
/// <param name="finish">Turns the outputs of one into scores, in place.</param>
internal sealed class ScoreSpread(IMemberScorer members, Action<Span<float>> finish)
{
    /// <summary>Measures the spread for one row.</summary>
    /// <param name="features">The features.</param>
    /// <param name="deviations">Receives the standard deviation of each score.</param>
    public void Measure(ReadOnlySpan<float> features, Span<float> deviations)
    {
        int count = members.MemberCount, scores = deviations.Length;
        float[] all = ArrayPool<float>.Shared.Rent(count * scores);
        members.ScoreMembers(features, all.AsSpan(0, count * scores));
        for (int member = 0; member < count; member++)
            finish(all.AsSpan(member * scores, scores));

        for (int score = 0; score < scores; score++)
        {
            double sum = 0, squares = 0;
            for (int member = 0; member < count; member++)
                sum += all[member * scores + score];
            double mean = sum / count;
            for (int member = 0; member < count; member++)
                squares += (all[member * scores + score] - mean) * (all[member * scores + score] - mean);
            deviations[score] = (float)Math.Sqrt(squares / count);
        }
        ArrayPool<float>.Shared.Return(all);
    }
}
