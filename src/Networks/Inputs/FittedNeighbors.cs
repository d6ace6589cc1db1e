using System.Buffers;

namespace MLExtensions.Networks.Inputs;

/// <summary>The means over neighbours of one training, as a layer with its tensors: rows pass it before training, behind the scaling, and it is put before what was trained.</summary>
internal sealed class FittedNeighbors
{
    private const int PortionRows = 64;
    private const int Folds = 5;

    private readonly NeighborRows _rows;
    private readonly NeighborMeansLayer _layer;
    private readonly NetworkWeights _tensors;
    private readonly NeighborMeans _means;
    private readonly Dictionary<int, int> _pointOfRow;
    private readonly float[] _ownMeans;

    // The rows that are trained on come first among the points, then those of the model that the training goes on from.
    private FittedNeighbors(NeighborMeansLayer layer, NeighborRows rows, int[] drawn, KnownRows known, FormerNeighbors? former, int[] others)
    {
        (_rows, _layer) = (rows, layer);
        _tensors = FirstLayers.TensorsOf(layer, layer.Layout.Width);
        _pointOfRow = drawn.Index().ToDictionary(row => row.Item, row => row.Index);
        foreach (var (axis, slot) in layer.Slots.Index())
        {
            known.Column(slot).CopyTo(this["points"][(axis * layer.Points)..]);
            for (int i = 0; i < others.Length; i++)
                this["points"][axis * layer.Points + known.Count + i] = former!["points"][axis * former.Layer.Points + others[i]];
        }
        known.Values.CopyTo(this["values"]);
        known.Weights.CopyTo(this["weights"]);
        for (int i = 0; i < others.Length; i++)
        {
            former!["values"].Slice(others[i] * layer.Values, layer.Values).CopyTo(this["values"][((known.Count + i) * layer.Values)..]);
            this["weights"][known.Count + i] = former["weights"][others[i]];
        }
        _means = new NeighborMeans(layer, name => this[name]);
        _ownMeans = MeansOfRows(known, FoldsOf(rows.Groups is { } groups ? [.. drawn.Select(row => groups[row])] : known.Alike()));
        ScaleMeans(known.Count, former);
    }

    /// <summary>The slots of a row behind the layer.</summary>
    public RowLayout OutputLayout => _layer.OutputLayout;

    /// <summary>The number of slots behind the layer.</summary>
    public int Outputs => _layer.Outputs;

    /// <summary>The number of rows that are looked up.</summary>
    public int Points => _layer.Points;

    /// <summary>The planes.</summary>
    public IReadOnlyList<NumberPair> Pairs => _layer.Pairs;

    private Span<float> this[string name] => _tensors[$"0.{name}"];

    /// <summary>Fits what options ask for; null where there are no two numbers that vary, no two rows, or more values of a row than means.</summary>
    /// <param name="options">The options.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="former">That of a model that the training goes on from; null for a new one.</param>
    /// <exception cref="OperationCanceledException">The training ends.</exception>
    public static FittedNeighbors? Of(NeighborMeansOptions options, NeighborRows rows, FormerNeighbors? former = null)
    {
        int[] drawn = Drawn(rows.Training, options.MostRows, rows.Seed);
        var known = KnownRows.Of(rows.Data, drawn, rows.Inputs, rows.Classes);
        var layout = rows.Inputs?.OutputLayout ?? rows.Data.Layout ?? RowLayout.Numbers(known.Width);
        int[] numbers = [.. Enumerable.Range(0, known.Width).Where(slot => !layout.IsCategory(slot) && Varies(known.Column(slot)))];
        int most = options.MostMeans / known.ValueCount;
        if (former is null && (drawn.Length < 2 || numbers.Length < 2 || most == 0))
            return null;

        var pairs = former?.Layer.Pairs ?? NeighborPairs.Choose(known, numbers, options.Neighbors, most, new RandomStream(rows.Seed, "neighbor pairs"));
        int[] others = former?.Others(known, options.MostRows - drawn.Length, new RandomStream(rows.Seed, "former neighbors")) ?? [];
        var layer = new NeighborMeansLayer(layout, pairs, drawn.Length + others.Length, known.ValueCount, options.Neighbors);
        return new FittedNeighbors(layer, rows, drawn, known, former, others);
    }

    /// <summary>The rows behind the layer.</summary>
    /// <param name="data">The rows behind the scaling.</param>
    /// <exception cref="OperationCanceledException">The training ends.</exception>
    public DataBlock Apply(DataBlock data)
    {
        int inputs = data.FeatureCount, outputs = Outputs;
        long length = (long)data.Rows * outputs;
        if (length > Array.MaxLength)
            throw new InvalidOperationException(Invariant($"{data.Rows} rows of {outputs} features, {outputs - inputs} of which are means over neighbors, are more than the {Array.MaxLength} numbers that fit into memory: lower NeighborMeans.MostMeans, or set it to null."));

        int[] slots = [.. _layer.Slots];
        float[] results = GC.AllocateUninitializedArray<float>((int)length), centers = this["center"].ToArray(), factors = this["factor"].ToArray();
        _rows.For((data.Rows + PortionRows - 1) / PortionRows, portion =>
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

    // Slots of 0 and 1 alone are no numbers, whatever scales the others.
    private static bool Varies(float[] column) => column.AsSpan().ContainsAnyExcept(column[0]) && column.AsSpan().ContainsAnyExcept(0, 1);

    // Groups are not divided.
    private int[] FoldsOf(int[] groups)
    {
        int[] order = [.. groups.Distinct().Order()];
        new RandomStream(_rows.Seed, "neighbor folds").Shuffle(order.AsSpan());
        var foldOf = order.Index().ToDictionary(group => group.Item, group => group.Index % Folds);
        int[] folds = [.. Enumerable.Repeat(-1, _layer.Points)];
        for (int row = 0; row < groups.Length; row++)
            folds[row] = foldOf[groups[row]];
        return folds;
    }

    // A row of the training is not among its neighbours, nor are those of its fold: if each lacked itself alone, the means of a neighbourhood would tell who has which label.
    private float[] MeansOfRows(KnownRows known, int[] folds)
    {
        int[] slots = [.. _layer.Slots];
        float[] means = new float[checked(known.Count * _means.Count)];
        // Where all rows are of one fold there is nothing to go by but the mean of all.
        bool areOne = folds.Distinct().Count() == 1;
        float[] all = Array.ConvertAll(known.Means(), mean => (float)mean);
        _rows.For((known.Count + PortionRows - 1) / PortionRows, portion =>
        {
            float[] numbers = new float[slots.Length];
            for (int row = portion * PortionRows; row < Math.Min(known.Count, (portion + 1) * PortionRows); row++)
            {
                var own = means.AsSpan(row * _means.Count, _means.Count);
                for (int i = 0; i < slots.Length; i++)
                    numbers[i] = known.Features[row * known.Width + slots[i]];
                if (!areOne)
                    _means.Compute(numbers, own, folds, folds[row]);
                for (int i = 0; areOne && i < own.Length; i++)
                    own[i] = all[i % all.Length];
            }
        });
        return means;
    }

    // To mean 0 and standard deviation 1; as it was, where a training goes on.
    private void ScaleMeans(int rows, FormerNeighbors? former)
    {
        Span<float> centers = this["center"], factors = this["factor"];
        if (former is not null)
        {
            former["center"].CopyTo(centers);
            former["factor"].CopyTo(factors);
            return;
        }
        for (int i = 0; i < centers.Length; i++)
        {
            double sum = 0, squares = 0;
            for (int row = 0; row < rows; row++)
                sum += _ownMeans[row * centers.Length + i];
            double mean = sum / rows;
            for (int row = 0; row < rows; row++)
                squares += Math.Pow(_ownMeans[row * centers.Length + i] - mean, 2);
            double factor = Math.Sqrt(rows / squares);
            (centers[i], factors[i]) = ((float)mean, float.IsFinite((float)factor) ? (float)factor : 0);
        }
    }
}
