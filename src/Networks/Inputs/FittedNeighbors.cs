using System.Buffers;

namespace MLExtensions.Networks.Inputs;

/// <summary>The means over neighbours of one training, as a layer with its tensors: rows pass it before training, behind the scaling, and it is put before what was trained.</summary>
internal sealed class FittedNeighbors
{
    private const int PortionRows = 256;
    private const int Folds = 5;

    private readonly NeighborMeansLayer _layer;
    private readonly NetworkWeights _tensors;
    private readonly NeighborMeans _means;
    private readonly Dictionary<int, int> _pointOfRow;
    private readonly float[] _ownMeans;

    private FittedNeighbors(NeighborMeansLayer layer, KnownRows known, Dictionary<int, int> pointOfRow, RandomStream random)
    {
        _layer = layer;
        _tensors = FirstLayers.TensorsOf(layer, layer.Layout.Width);
        _pointOfRow = pointOfRow;
        foreach (var (index, slot) in layer.Slots.Index())
            known.Column(slot).CopyTo(this["points"][(index * layer.Points)..]);
        known.Values.CopyTo(this["values"]);
        _means = new NeighborMeans(layer, this["points"], this["values"]);
        _ownMeans = MeansOfPoints(known, random);
    }

    /// <summary>The slots of a row behind the layer.</summary>
    public RowLayout OutputLayout => _layer.OutputLayout;

    /// <summary>The number of slots behind the layer.</summary>
    public int Outputs => _layer.Outputs;

    /// <summary>The number of training rows that are looked up.</summary>
    public int Points => _layer.Points;

    /// <summary>The planes.</summary>
    public IReadOnlyList<NumberPair> Pairs => _layer.Pairs;

    private Span<float> this[string name] => _tensors[$"0.{name}"];

    /// <summary>Fits what options ask for; null where they ask for nothing, or there are no two numbers or rows.</summary>
    /// <param name="options">The options.</param>
    /// <param name="data">The data, before the scaling.</param>
    /// <param name="inputs">The scaling; null for none.</param>
    /// <param name="trainingRows">The rows that neighbours are sought among.</param>
    /// <param name="classes">The number of classes that targets are numbers of; 0 where they are amounts.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="former">What a training that goes on from another keeps of it; null for a new one.</param>
    public static FittedNeighbors? Of(NeighborMeansOptions? options, DataBlock data, FittedInputs? inputs, int[] trainingRows, int classes, int seed, FormerNeighbors? former)
    {
        if (options is null || trainingRows.Length < 2)
            return null;

        int[] rows = Drawn(trainingRows, options.MostRows, seed);
        var known = KnownRows.Of(data, rows, inputs, classes);
        var layout = inputs?.OutputLayout ?? data.Layout ?? RowLayout.Numbers(known.Width);
        int[] numbers = [.. Enumerable.Range(0, known.Width).Except(inputs?.Flags ?? []).Where(slot => !layout.IsCategory(slot) && known.Column(slot).Distinct().Take(2).Count() == 2)];
        if (former is null && numbers.Length < 2)
            return null;

        var pairs = former?.Pairs ?? NeighborPairs.Choose(known, numbers, options.Neighbors, Math.Max(1, options.MostMeans / known.ValueCount), new RandomStream(seed, "neighbor pairs"));
        var layer = new NeighborMeansLayer(layout, pairs, rows.Length, known.ValueCount, former?.Neighbors ?? options.Neighbors);
        var fitted = new FittedNeighbors(layer, known, rows.Index().ToDictionary(row => row.Item, row => row.Index), new RandomStream(seed, "neighbor folds"));
        fitted.ScaleMeans(former);
        return fitted;
    }

    /// <summary>The rows behind the layer.</summary>
    /// <param name="data">The rows behind the scaling.</param>
    public DataBlock Apply(DataBlock data)
    {
        int inputs = data.FeatureCount, outputs = Outputs;
        long length = (long)data.Rows * outputs;
        if (length > Array.MaxLength)
            throw new InvalidOperationException(Invariant($"{data.Rows} rows of {outputs} features, {outputs - inputs} of which are means over neighbors, are more than the {Array.MaxLength} numbers that fit into memory: lower NeighborMeans.MostMeans, or set it to null."));

        int[] slots = [.. _layer.Slots];
        float[] results = GC.AllocateUninitializedArray<float>((int)length), centers = this["center"].ToArray(), factors = this["factor"].ToArray();
        Parallel.For(0, (data.Rows + PortionRows - 1) / PortionRows, portion =>
        {
            int first = portion * PortionRows, rows = Math.Min(PortionRows, data.Rows - first);
            float[] features = ArrayPool<float>.Shared.Rent(rows * inputs);
            data.Features.Gather([.. Enumerable.Range(first, rows)], features);
            float[] numbers = new float[slots.Length];
            for (int row = 0; row < rows; row++)
            {
                var own = features.AsSpan(row * inputs, inputs);
                var result = results.AsSpan((first + row) * outputs, outputs);
                own.CopyTo(result);
                var means = result[inputs..];
                if (_pointOfRow.TryGetValue(first + row, out int point))
                {
                    _ownMeans.AsSpan(point * means.Length, means.Length).CopyTo(means);
                }
                else
                {
                    for (int i = 0; i < slots.Length; i++)
                        numbers[i] = own[slots[i]];
                    _means.Compute(numbers, means);
                }
                for (int i = 0; i < means.Length; i++)
                    means[i] = (means[i] - centers[i]) * factors[i];
            }
            ArrayPool<float>.Shared.Return(features);
        });
        return data with { FeatureCount = outputs, Features = new MemoryRows(results, data.Rows, outputs), Layout = OutputLayout };
    }

    /// <summary>A trained network with this layer before it.</summary>
    public (NetworkDescription Network, NetworkWeights Weights) Prepend(NetworkDescription network, NetworkWeights weights) =>
        FirstLayers.Prepend(_layer, _tensors, _layer.Layout.Width, network, weights);

    private static int[] Drawn(int[] rows, int most, int seed)
    {
        if (rows.Length <= most)
            return rows;
        int[] drawn = [.. rows];
        new RandomStream(seed, "neighbor rows").Shuffle(drawn.AsSpan());
        return [.. drawn.Take(most).Order()];
    }

    // A row of the training is not among its neighbours, nor are those of its fold: if each lacked itself alone, the means of a neighbourhood would tell who has which label.
    private float[] MeansOfPoints(KnownRows known, RandomStream random)
    {
        int[] order = [.. Enumerable.Range(0, known.Count)], folds = new int[known.Count], slots = [.. _layer.Slots];
        random.Shuffle(order.AsSpan());
        foreach (var (place, point) in order.Index())
            folds[point] = place % Folds;

        float[] means = new float[checked(known.Count * _means.Count)];
        Parallel.For(0, known.Count, point =>
        {
            float[] numbers = [.. slots.Select(slot => known.Features[point * known.Width + slot])];
            _means.Compute(numbers, means.AsSpan(point * _means.Count, _means.Count), folds, folds[point]);
        });
        return means;
    }

    // To mean 0 and standard deviation 1; as it was, where a training goes on.
    private void ScaleMeans(FormerNeighbors? former)
    {
        Span<float> centers = this["center"], factors = this["factor"];
        for (int i = 0; i < _means.Count; i++)
        {
            double sum = 0, squares = 0;
            for (int point = 0; point < _layer.Points; point++)
                sum += _ownMeans[point * _means.Count + i];
            double mean = sum / _layer.Points;
            for (int point = 0; point < _layer.Points; point++)
                squares += Math.Pow(_ownMeans[point * _means.Count + i] - mean, 2);
            double factor = Math.Sqrt(_layer.Points / squares);
            (centers[i], factors[i]) = former is null ? ((float)mean, float.IsFinite((float)factor) ? (float)factor : 0) : (former.Centers[i], former.Factors[i]);
        }
    }
}

/// <summary>What of means over neighbours stays where a training goes on with other rows.</summary>
/// <param name="Pairs">The planes.</param>
/// <param name="Neighbors">The number of nearest rows.</param>
/// <param name="Centers">The centre of each mean.</param>
/// <param name="Factors">Its factor.</param>
internal sealed record FormerNeighbors(IReadOnlyList<NumberPair> Pairs, int Neighbors, float[] Centers, float[] Factors);
