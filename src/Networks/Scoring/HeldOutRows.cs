namespace MLExtensions.Networks.Scoring;

/// <summary>What networks give for rows that they were not trained on.</summary>
/// <param name="Rows">The indices of the rows.</param>
/// <param name="Outputs">The logits or values, [rows x outputs].</param>
internal sealed record HeldOutRows(int[] Rows, float[] Outputs)
{
    /// <summary>The number of outputs of a row; there is a row at least.</summary>
    public int OutputCount => Outputs.Length / Rows.Length;

    /// <summary>The outputs of one of the rows.</summary>
    /// <param name="index">Its place among them.</param>
    public Span<float> this[int index] => Outputs.AsSpan(index * OutputCount, OutputCount);

    /// <summary>Scores rows with one network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="data">The data, as the network reads it.</param>
    /// <param name="rows">Rows that it was not trained on.</param>
    public static HeldOutRows Score(NetworkDescription network, NetworkWeights weights, DataBlock data, int[] rows)
    {
        float[] outputs = new float[checked(rows.Length * network.Outputs)];
        var scorer = NetworkScorer.Of(network, weights);
        if (scorer is NetworkScorer managed)
        {
            managed.ScoreRows(data, rows, outputs);
            return new(rows, outputs);
        }

        float[] features = new float[network.Inputs];
        for (int i = 0; i < rows.Length; i++)
        {
            data.Features.Gather(rows.AsSpan(i, 1), features);
            scorer.Score(features, outputs.AsSpan(i * network.Outputs, network.Outputs));
        }
        return new(rows, outputs);
    }

    /// <summary>The rows that any of several networks was not trained on, in ascending order, with the mean of the outputs of those that were not.</summary>
    /// <param name="members">What each network gives.</param>
    /// <param name="mean">What of their outputs is averaged.</param>
    public static HeldOutRows MeanOf(IReadOnlyList<HeldOutRows> members, EnsembleMean mean)
    {
        var places = members.SelectMany(member => member.Rows.Select((row, place) => (Row: row, Member: member, Place: place)))
            .GroupBy(place => place.Row).OrderBy(group => group.Key).ToArray();
        int outputs = members.Where(member => member.Rows.Length > 0).Select(member => member.OutputCount).FirstOrDefault();
        var result = new HeldOutRows([.. places.Select(group => group.Key)], new float[checked(places.Length * outputs)]);
        double[] sums = new double[MemberMeans.LengthFor(outputs)];
        foreach (var (index, group) in places.Index())
        {
            if (group.Skip(1).Any())
            {
                var means = new MemberMeans(mean, sums);
                foreach (var (_, member, place) in group)
                    means.Add(member[place]);
                means.CopyTo(result[index]);
            }
            else
            {
                group.First().Member[group.First().Place].CopyTo(result[index]);
            }
        }
        return result;
    }

    /// <summary>Those of the rows that have a weight.</summary>
    /// <param name="weights">The weight of each row of the data; null where all are 1.</param>
    public HeldOutRows WithWeight(float[]? weights)
    {
        if (weights is null || Array.TrueForAll(Rows, row => weights[row] > 0))
            return this;
        int[] places = [.. Enumerable.Range(0, Rows.Length).Where(place => weights[Rows[place]] > 0)];
        return new HeldOutRows([.. places.Select(place => Rows[place])], [.. places.SelectMany(place => this[place].ToArray())]);
    }
}
