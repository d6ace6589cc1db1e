using MLExtensions.Networks.Randomness;

namespace MLExtensions.Trainers.Tests.Diagnosis;

/// <summary>Rows that a network learns well, but for their noise, with a label for every task: none is told by one feature alone.</summary>
internal static class LearnableRows
{
    /// <summary>Draws rows of six features.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="noise">The standard deviation of the noise on what is learned, whose own is 1.4.</param>
    /// <param name="change">Makes something of a row suspicious, by its number.</param>
    public static SuspiciousRow[] Draw(int count = 600, double noise = 0.3, Action<SuspiciousRow, int>? change = null)
    {
        var random = new RandomStream(1, "learnable");
        return SuspiciousRow.Draw(count, (row, i) =>
        {
            var x = row.Features;
            double signal = x[0] + 0.7 * x[1] * x[2] + 0.7 * Math.Sin(2 * x[3]) + noise * random.NextNormal();
            double other = x[4] - 0.5 * x[0] + noise * random.NextNormal();
            row.Truth = signal > 0;
            row.Class = (uint)(signal > 0.7 ? 2 : other > 0 ? 1 : 0);
            row.Value = (float)(20 + 5 * signal);
            row.Values = [row.Value, (float)other];
            change?.Invoke(row, i);
        }, slots: 6);
    }
}
