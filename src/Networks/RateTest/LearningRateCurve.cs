using System.Globalization;

namespace MLExtensions.Networks;

/// <summary>
/// What a learning-rate range test gave: the loss of each step of a training whose rate rises from step to step. Where the rate is too low nothing
/// happens, where it suits the loss falls, and where it is too high the loss leaves.
/// </summary>
/// <remarks>
/// Smith 2017, "Cyclical Learning Rates for Training Neural Networks", arXiv 1506.01186, section 3.3; with a rate that rises by a factor per step,
/// as in fastai (<c>lr_find</c>) and Lightning (<c>Tuner.lr_find</c>).
/// </remarks>
public sealed record LearningRateCurve
{
    // Of the steps on either side over which losses are averaged; a batch's own loss is mostly noise.
    private const double Width = 0.04;

    // What the loss must fall by to tell a rate, in standard errors: of noise alone the least of some 25 means is below the true one by two.
    private const double Certain = 5;

    private LearningRateCurve()
    {
    }

    /// <summary>The learning rate of each step, ascending.</summary>
    public required IReadOnlyList<float> Rates { get; init; }

    /// <summary>The loss of each step's batch before the update, without penalties; of other rows each time.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>
    /// The losses averaged over 4 % of the steps on either side, nearer ones counting more: without the lag of a running mean, so that the curve
    /// stands above the right rates.
    /// </summary>
    public required IReadOnlyList<double> SmoothedLosses { get; init; }

    /// <summary>Whether the loss left, and ended the test, before the highest rate.</summary>
    public required bool Diverged { get; init; }

    /// <summary>
    /// A rate to begin with: a tenth of that with the least smoothed loss, where the loss still falls and is far from leaving
    /// (fastai's <c>minimum</c>). Null where the loss did not fall by more than its noise.
    /// </summary>
    public float? Suggestion { get; private init; }

    /// <summary>The rate at which the smoothed loss is least; null where it did not fall by more than its noise.</summary>
    public float? Least { get; private init; }

    /// <summary>The rate below <see cref="Least"/> at which the smoothed loss falls most steeply per factor of the rate (Lightning's suggestion); null likewise.</summary>
    public float? Steepest { get; private init; }

    /// <summary>
    /// The curve as comma-separated values: a line of names, then one for each step. Columns: <c>step</c> (counted from 1), <c>learning_rate</c>,
    /// <c>loss</c>, <c>smoothed_loss</c>.
    /// </summary>
    /// <param name="writer">Receives the text.</param>
    public void ToCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);

        writer.WriteLine("step,learning_rate,loss,smoothed_loss");
        for (int i = 0; i < Rates.Count; i++)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1},{Rates[i]},{Losses[i]},{SmoothedLosses[i]}"));
    }

    /// <inheritdoc cref="ToCsv(TextWriter)"/>
    /// <param name="path">The file, which is replaced.</param>
    public void ToCsv(string path) => FileReplacement.Write(path, ToCsv);

    /// <summary>A short table of the curve, and a line with the suggestion.</summary>
    public override string ToString()
    {
        const int Most = 12;
        int shown = Math.Min(Most, Rates.Count);
        var places = Enumerable.Range(0, shown).Select(i => (int)((long)i * (Rates.Count - 1) / Math.Max(1, shown - 1)));
        string table = TextTable.Of([["learning rate", "loss"], .. places.Select(i => (string[])[Invariant($"{Rates[i]:G3}"), NumberText.Of(SmoothedLosses[i])])], leftColumns: 0);
        string end = Diverged ? Invariant($", and left at {Rates[^1]:G2}") : "";
        return table + (Suggestion is { } suggestion
            ? Invariant($"Suggestion: {suggestion:G2}. The loss fell most steeply at {Steepest:G2}, was least at {Least:G2}{end}.")
            : Invariant($"No suggestion: the loss did not fall by more than its noise at any rate{end}."));
    }

    /// <summary>Makes a curve of the steps of a test, of which there is one at least.</summary>
    internal static LearningRateCurve Of(IReadOnlyList<float> rates, IReadOnlyList<double> losses, bool diverged)
    {
        int width = Math.Max(1, (int)(Width * losses.Count));
        double[] smoothed = [.. Enumerable.Range(0, losses.Count).Select(place => Smooth(losses, place, width))];
        var curve = new LearningRateCurve { Rates = rates, Losses = losses, SmoothedLosses = smoothed, Diverged = diverged };

        int least = Array.IndexOf(smoothed, smoothed.Min());
        if (!HasFallen(losses, smoothed, least, width))
            return curve;

        // Over as many steps as losses are averaged over: between neighbours noise is steepest.
        int steepest = Enumerable.Range(0, least + 1).MinBy(i => smoothed[Math.Min(i + width, least)] - smoothed[Math.Max(i - width, 0)]);
        return curve with { Suggestion = rates[least] / 10, Least = rates[least], Steepest = rates[steepest] };
    }

    // The weights are those of a triangle.
    private static double Smooth(IReadOnlyList<double> losses, int place, int width)
    {
        double sum = 0, weights = 0;
        for (int i = Math.Max(0, place - width); i <= Math.Min(losses.Count - 1, place + width); i++)
        {
            double weight = width + 1 - Math.Abs(i - place);
            sum += weight * losses[i];
            weights += weight;
        }
        return sum / weights;
    }

    // Against the mean of the first steps, up to half of the way, where rates are the square root of that of the least loss. The sum of squared weights of a triangle is 2/3 over its width.
    private static bool HasFallen(IReadOnlyList<double> losses, double[] smoothed, int least, int width)
    {
        int first = Math.Max(Math.Max(2, losses.Count / 10), least / 2);
        int seen = Math.Max(least + 1, losses.Count / 2);
        double squares = 0;
        for (int i = 0; i < seen; i++)
            squares += (losses[i] - smoothed[i]) * (losses[i] - smoothed[i]);
        // Fewer stand around a step at the end.
        double around = Math.Min(least, losses.Count - 1 - least) < width ? 4 : 2;
        // A loss pulls the curve towards itself.
        double own = (width + 1.0) / width;
        double error = own * Math.Sqrt(squares / seen * (1.0 / first + around / (3 * (width + 1))));
        return least >= first && losses.Take(first).Average() - smoothed[least] > Certain * error;
    }
}
