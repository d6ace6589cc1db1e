namespace MLExtensions.Networks.Tests;

/// <summary>Embeddings, slot by slot and value by value.</summary>
internal sealed class ReferenceEmbedding(EmbeddingLayer layer, int index, ReferenceNetwork network) : ReferenceLayer
{
    private readonly int[] _embedded = [.. layer.Embedded];
    private double[][] _rows = [];

    private NumberEmbedding Numbers => layer.Numbers!;

    public override double[][] Forward(double[][] rows, bool training)
    {
        _rows = rows;
        return Array.ConvertAll(rows, row => row.SelectMany(Embed).ToArray());
    }

    public override double[][] Backward(double[][] gradients)
    {
        foreach (string name in network.Gradients.Keys.Where(name => name.StartsWith($"{index}.")))
            Array.Clear(network.Gradients[name]);
        for (int r = 0; r < gradients.Length; r++)
        {
            int output = 0;
            for (int slot = 0; slot < layer.Layout.Width; slot++)
            {
                int count = Embed(_rows[r][slot], slot).Count();
                Learn(slot, _rows[r][slot], gradients[r].AsSpan(output, count));
                output += count;
            }
        }
        return [];
    }

    private double[] Tensor(string name) => network.Parameters[$"{index}.{name}"];

    private IEnumerable<double> Embed(double value, int slot)
    {
        int category = layer.Layout.Categories.ToList().FindIndex(category => category.Slot == slot);
        if (category >= 0)
        {
            var (_, count) = layer.Layout.Categories[category];
            int dimension = layer.CategoryDimensions[category];
            return dimension == 0
                ? Enumerable.Range(0, count).Select(i => i == value ? 1.0 : 0)
                : Enumerable.Range(0, dimension).Select(d => value >= 0 && value < count ? Tensor($"category_{slot}")[(int)value * dimension + d] : 0);
        }
        int number = Array.IndexOf(_embedded, slot);
        if (number < 0)
            return [value];
        double[] z = [.. Sums(number, value).Select(sum => Numbers is (LinearEmbedding or PeriodicEmbedding or PiecewiseLinearEmbedding { Rectified: true }) ? Math.Max(sum, 0) : sum)];
        return Numbers is CosineEmbedding ? [.. z, value] : z;
    }

    private double[] Sums(int number, double x)
    {
        double[] functions = Functions(number, x), weight = Tensor("weight"), bias = Tensor("bias");
        int dimension = Numbers.Dimension;
        return [.. Enumerable.Range(0, dimension).Select(d => bias[number * dimension + d]
            + functions.Select((f, i) => f * weight[(number * functions.Length + i) * dimension + d]).Sum())];
    }

    private double[] Functions(int number, double x) => Numbers switch
    {
        LinearEmbedding => [x],
        PeriodicEmbedding { Frequencies: var count } =>
        [
            .. Enumerable.Range(0, count).Select(i => Math.Cos(2 * Math.PI * x * Tensor("frequency")[number * count + i])),
            .. Enumerable.Range(0, count).Select(i => Math.Sin(2 * Math.PI * x * Tensor("frequency")[number * count + i])),
        ],
        CosineEmbedding { Frequencies: var count } =>
            [.. Enumerable.Range(0, count).Select(i => Math.Cos(2 * Math.PI * x * Tensor("frequency")[number * count + i] + Tensor("phase")[number * count + i]))],
        PiecewiseLinearEmbedding { Rectified: true } => Shares(number, x),
        PiecewiseLinearEmbedding => [x, .. Shares(number, x)],
        _ => throw new NotSupportedException(),
    };

    private double[] Shares(int number, double x)
    {
        int bins = ((PiecewiseLinearEmbedding)Numbers).Bins;
        double[] edges = [.. Tensor("edges").Skip(number * (bins + 1)).Take(bins + 1).Where(edge => edge < float.MaxValue)];
        int present = edges.Length - 1;
        return [.. Enumerable.Range(0, bins).Select(bin =>
        {
            if (bin >= present)
                return 0;
            double share = (x - edges[bin]) / (edges[bin + 1] - edges[bin]);
            share = bin == 0 ? share : Math.Max(share, 0);
            return bin == present - 1 ? share : Math.Min(share, 1);
        })];
    }

    private void Learn(int slot, double x, ReadOnlySpan<double> gradients)
    {
        int category = layer.Layout.Categories.ToList().FindIndex(category => category.Slot == slot);
        if (category >= 0)
        {
            int size = layer.CategoryDimensions[category];
            for (int d = 0; d < size && x >= 0 && x < layer.Layout.Categories[category].Count; d++)
                network.Gradients[$"{index}.category_{slot}"][(int)x * size + d] += gradients[d];
            return;
        }
        int number = Array.IndexOf(_embedded, slot);
        if (number < 0)
            return;

        double[] functions = Functions(number, x), sums = Sums(number, x), weight = Tensor("weight");
        double[] ofBias = network.Gradients[$"{index}.bias"], ofWeight = network.Gradients[$"{index}.weight"];
        int dimension = Numbers.Dimension, count = functions.Length;
        double[] ofFunctions = new double[count];
        for (int d = 0; d < dimension; d++)
        {
            if (sums[d] <= 0 && Numbers is (LinearEmbedding or PeriodicEmbedding or PiecewiseLinearEmbedding { Rectified: true }))
                continue;
            ofBias[number * dimension + d] += gradients[d];
            for (int i = 0; i < count; i++)
            {
                int at = (number * count + i) * dimension + d;
                ofWeight[at] += gradients[d] * functions[i];
                ofFunctions[i] += gradients[d] * weight[at];
            }
        }

        if (Numbers is PeriodicEmbedding { Frequencies: var waves })
        {
            for (int i = 0; i < waves; i++)
                network.Gradients[$"{index}.frequency"][number * waves + i] += 2 * Math.PI * x * (ofFunctions[waves + i] * functions[i] - ofFunctions[i] * functions[waves + i]);
        }
        else if (Numbers is CosineEmbedding)
        {
            for (int i = 0; i < count; i++)
            {
                double slope = -ofFunctions[i] * Math.Sin(2 * Math.PI * x * Tensor("frequency")[number * count + i] + Tensor("phase")[number * count + i]);
                network.Gradients[$"{index}.phase"][number * count + i] += slope;
                network.Gradients[$"{index}.frequency"][number * count + i] += slope * 2 * Math.PI * x;
            }
        }
    }
}
