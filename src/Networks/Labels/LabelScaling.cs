using System.Text.Json.Serialization;

namespace MLExtensions.Networks.Labels;

/// <summary>
/// The map between a regression label and what the network is trained on: y = (t(label) - mean) / standard deviation, per label, with
/// t the identity or a logarithm and the statistics of the training rows; and from outputs back to scores.
/// </summary>
/// <param name="Means">The weighted mean of each transformed label; 0 where none is subtracted.</param>
/// <param name="StandardDeviations">
/// The weighted population standard deviation of each transformed label, or whatever else it is divided by; never zero: a constant
/// label gets 1.
/// </param>
/// <param name="Minima">The least training label of each kind, of rows with a weight above 0.</param>
/// <param name="Maxima">The greatest training label of each kind, of the same rows.</param>
/// <param name="Clamp">Whether scores are kept between minimum and maximum.</param>
internal sealed record LabelScaling(double[] Means, double[] StandardDeviations, double[] Minima, double[] Maxima, bool Clamp)
{
    /// <summary>How labels are transformed.</summary>
    public LabelTransform Transform { get; init; } = LabelTransform.Standardize;

    /// <summary>Whether a score is the exponential of an output.</summary>
    public bool HasLogLink { get; init; }

    /// <summary>The number of labels of a row.</summary>
    [JsonIgnore]
    public int Labels => Means.Length;

    /// <summary>How much of the label is one of what the network is trained on; null where that is not the same for all labels.</summary>
    public double? UnitOrNull => Labels == 1 && !HasLogLink && Transform is not (LabelTransform.Log or LabelTransform.LogOnePlus) ? StandardDeviations[0] : null;

    /// <summary>Computes the statistics in two passes, in double precision.</summary>
    /// <param name="labels">The labels, [all rows x count].</param>
    /// <param name="count">The number of labels of a row.</param>
    /// <param name="weights">The weight of each of all rows, or null.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="clamp">Whether scores are kept within the range of the training labels.</param>
    /// <param name="transform">How labels are transformed.</param>
    public static LabelScaling Fit(float[] labels, int count, float[]? weights, int[] rows, bool clamp, LabelTransform transform = LabelTransform.Standardize)
    {
        if (RowSplit.WithWeight(weights, rows) is { Length: > 0 } weighted)
            rows = weighted;
        var (minima, maxima) = Ranges(labels, count, rows);
        double[] means = WeightedMeans(rows, weights, count, (row, label) => Map(labels[row * count + label], transform));
        double[] none = new double[count];
        var scaling = new LabelScaling(none, Array.ConvertAll(none, _ => 1.0), minima, maxima, clamp) { Transform = transform };
        return transform switch
        {
            LabelTransform.None => scaling,
            LabelTransform.DivideByMean => scaling with { StandardDeviations = Array.ConvertAll(means, mean => mean > 0 ? mean : 1) },
            _ => scaling with { Means = means, StandardDeviations = Deviations() },
        };

        double[] Deviations()
        {
            double[] variances = WeightedMeans(rows, weights, count, (row, label) =>
            {
                double deviation = Map(labels[row * count + label], transform) - means[label];
                return deviation * deviation;
            });
            // The mean of equal labels is rounded, and what is left is no variance.
            return [.. variances.Select((variance, label) => variance > 0 && minima[label] < maxima[label] ? Math.Sqrt(variance) : 1)];
        }
    }

    /// <summary>The scaling of a network that is trained on: its mean and standard deviation, the range of both.</summary>
    /// <param name="settled">The scaling that the network knows.</param>
    public LabelScaling As(LabelScaling settled) => settled with
    {
        Minima = [.. Minima.Zip(settled.Minima, Math.Min)],
        Maxima = [.. Maxima.Zip(settled.Maxima, Math.Max)],
        Clamp = Clamp,
    };

    /// <summary>What the network is trained on, for all rows.</summary>
    public float[] Apply(float[] labels)
    {
        float[] scaled = new float[labels.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = (float)((Map(labels[i], Transform) - Means[i % Labels]) / StandardDeviations[i % Labels]);
        return scaled;
    }

    /// <summary>The label that a target of the network stands for.</summary>
    public double LabelOf(double target, int label) => Unmap(target * StandardDeviations[label] + Means[label]);

    /// <summary>The score that an output of the network stands for, in units of the label.</summary>
    public double ScoreOf(float output, int label)
    {
        double score = LabelOf(HasLogLink ? Math.Exp(output) : output, label);
        return Clamp ? Math.Clamp(score, Minima[label], Maxima[label]) : score;
    }

    /// <summary>The logarithm of a label, where the network is trained on that; else itself.</summary>
    public double ToLogarithm(double label) => Map(label, Transform);

    /// <summary>The label of a logarithm, where the network is trained on that; else itself.</summary>
    public double FromLogarithm(double value) => Unmap(value);

    /// <summary>Turns the outputs of a row into scores, in place.</summary>
    /// <param name="outputs">One output for each label, or for each quantile of the one label.</param>
    /// <param name="areQuantiles">Whether outputs are quantiles of one label; they are sorted then.</param>
    public void ToScores(Span<float> outputs, bool areQuantiles)
    {
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = (float)ScoreOf(outputs[i], areQuantiles ? 0 : i);
        if (areQuantiles)
            outputs.Sort();
    }

    /// <summary>Checks statistics that come from a model archive.</summary>
    /// <exception cref="FormatException">A standard deviation is not positive, or a minimum is above its maximum.</exception>
    public void Check()
    {
        for (int label = 0; label < Labels; label++)
        {
            if (!(StandardDeviations[label] > 0 && Minima[label] <= Maxima[label]))
                throw new FormatException($"the label statistics of output {label} are impossible");
        }
        if (!Enum.IsDefined(Transform))
            throw new FormatException($"the label transform {Transform} is unknown");
    }

    private static double Map(double label, LabelTransform transform) => transform switch
    {
        LabelTransform.Log => Math.Log(label),
        LabelTransform.LogOnePlus => Math.Log(1 + label),
        _ => label,
    };

    private double Unmap(double value) => Transform switch
    {
        LabelTransform.Log => Math.Exp(value),
        LabelTransform.LogOnePlus => Math.Exp(value) - 1,
        _ => value,
    };

    private static (double[] Minima, double[] Maxima) Ranges(float[] labels, int count, int[] rows)
    {
        double[] minima = new double[count], maxima = new double[count];
        for (int label = 0; label < count; label++)
        {
            var present = rows.Select(row => labels[row * count + label]).Where(value => !float.IsNaN(value)).DefaultIfEmpty(float.NaN);
            minima[label] = present.Min();
            maxima[label] = present.Max();
            if (double.IsNaN(minima[label]))
                throw new InvalidOperationException($"Label {label} (counted from 0) is missing in all {rows.Length} training rows: expected one with a value at least.");
        }
        return (minima, maxima);
    }

    private static double[] WeightedMeans(int[] rows, float[]? weights, int count, Func<int, int, double> value)
    {
        double[] sums = new double[count], weightSums = new double[count];
        foreach (int row in rows)
        {
            double weight = weights?[row] ?? 1;
            for (int label = 0; label < count; label++)
            {
                double term = value(row, label);
                if (double.IsNaN(term))
                    continue;
                weightSums[label] += weight;
                sums[label] += weight * term;
            }
        }
        return [.. sums.Select((sum, label) => weightSums[label] > 0 ? sum / weightSums[label] : 0)];
    }
}
