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
        var places = Places(members);
        int count = 0, outputs = members.Where(member => member.Rows.Length > 0).Select(member => member.OutputCount).FirstOrDefault();
        for (int i = 0; i < places.Length; i++)
            count += i == 0 || places[i].Row != places[i - 1].Row ? 1 : 0;
        var result = new HeldOutRows(new int[count], new float[checked(count * outputs)]);
        double[] sums = new double[MemberMeans.LengthFor(outputs)];
        for (int first = 0, index = 0, end; first < places.Length; first = end, index++)
        {
            result.Rows[index] = places[first].Row;
            for (end = first + 1; end < places.Length && places[end].Row == places[first].Row;)
                end++;
            if (end - first > 1)
            {
                var means = new MemberMeans(mean, sums);
                foreach (var place in places.AsSpan(first..end))
                    means.Add(OutputsAt(members, place.Place));
                means.CopyTo(result[index]);
            }
            else
            {
                OutputsAt(members, places[first].Place).CopyTo(result[index]);
            }
        }
        return result;
    }

    // Where each row stands, members one behind the other, in ascending order of rows, and of members for each.
    private static (int Row, int Place)[] Places(IReadOnlyList<HeldOutRows> members)
    {
        var places = new (int Row, int Place)[members.Sum(member => member.Rows.Length)];
        int place = 0;
        foreach (var member in members)
        {
            foreach (int row in member.Rows)
                places[place] = (row, place++);
        }
        Array.Sort(places);
        return places;
    }

    private static Span<float> OutputsAt(IReadOnlyList<HeldOutRows> members, int place)
    {
        int member = 0;
        for (; place >= members[member].Rows.Length; member++)
            place -= members[member].Rows.Length;
        return members[member][place];
    }

    /// <summary>Those of the rows that have a weight.</summary>
    /// <param name="weights">The weight of each row of the data; null where all are 1.</param>
    public HeldOutRows WithWeight(float[]? weights) => weights is null ? this : Where(row => weights[row] > 0);

    /// <summary>Those of the rows that fulfil a condition.</summary>
    public HeldOutRows Where(Func<int, bool> isIn)
    {
        if (Array.TrueForAll(Rows, row => isIn(row)))
            return this;
        int[] places = RowMarks.Where(Rows.Length, place => isIn(Rows[place]));
        var left = new HeldOutRows(new int[places.Length], new float[places.Length * OutputCount]);
        foreach (var (to, from) in places.Index())
        {
            left.Rows[to] = Rows[from];
            this[from].CopyTo(left.Outputs.AsSpan(to * OutputCount, OutputCount));
        }
        return left;
    }
}
