namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// Validation rows that are training rows, too, label and all: two fifths of them or more, though features have far more values than chance would make equal.
/// </summary>
internal sealed class SharedRows : IFinding
{
    // Tables of measurements have repeated rows by nature: of the red wines a quarter.
    private const double Many = 0.4;
    private const int Fewest = 5;
    private const int MostNumbers = 20_000_000;
    private const int Sampled = 1000;

    // The expected number of training rows that are equal to a row by chance, if slots went their own ways. They do not, hence so few.
    private const double Chance = 1e-6;

    public FindingText? Look(DiagnosedTraining training)
    {
        var (data, rows, validation) = (training.Data, training.Plan.Split.Training, training.Plan.Split.Validation);
        if (training.Experiments is null || validation.Length < Fewest || (long)(rows.Length + validation.Length) * data.FeatureCount > MostNumbers)
            return null;

        float[] features = new float[data.FeatureCount];
        var seen = rows.Select(HashOf).ToHashSet();
        int shared = validation.Count(row => seen.Contains(HashOf(row)));
        if (shared < Fewest || shared < Many * validation.Length || EqualByChance(data, rows) > Chance)
            return null;
        return new(Invariant($"{shared} of {Plural.Of(validation.Length, "validation row")} {Plural.Are(shared)} among the training rows, too, features and label alike: the validation says nothing of new rows."),
            "Remove copies from the data before it is split, and keep rows of one thing (a patient, a house) on one side.");

        UInt128 HashOf(int row)
        {
            data.Features.Gather([row], features);
            UInt128 hash = 0;
            foreach (float value in features.AsSpan())
                Add(value);
            foreach (float value in data.Targets.AsSpan(row * data.TargetCount, data.TargetCount))
                Add(value);
            return hash;

            void Add(float value) => hash = (hash ^ BitConverter.SingleToUInt32Bits(value + 0)) * new UInt128(0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9);
        }
    }

    private static double EqualByChance(DataBlock data, int[] rows)
    {
        var counts = new Dictionary<float, int>[data.FeatureCount];
        for (int slot = 0; slot < counts.Length; slot++)
            counts[slot] = [];
        float[] features = new float[data.FeatureCount];
        int[] sample = NetworkProbe.Sample(rows, Sampled);
        foreach (int row in sample)
        {
            data.Features.Gather([row], features);
            for (int slot = 0; slot < features.Length; slot++)
                CollectionsMarshal.GetValueRefOrAddDefault(counts[slot], features[slot], out _)++;
        }
        return counts.Aggregate((double)rows.Length, (product, values) => product * values.Values.Sum(count => Math.Pow((double)count / sample.Length, 2)));
    }
}
