using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// Gives every row a place between 0 and 1: from the seed and the row's number, or from its sampling key.
/// Without a sampling key, the rows fall where they do in the real ML.NET.
/// </summary>
internal sealed class RowSplit
{
    private const int DefaultSeed = 42;

    private readonly IDataView _data;
    private readonly DataViewSchema.Column[] _key;
    private readonly int _seed;

    public RowSplit(IDataView data, string samplingKeyColumnName, int seed)
    {
        _data = data;
        _seed = seed;
        if (samplingKeyColumnName == null)
        {
            _key = [];
            return;
        }
        _key =
        [
            data.Schema.GetColumnOrNull(samplingKeyColumnName)
                ?? throw Contracts.ExceptParam(
                    "samplingKeyColumn", $"Could not find SamplingKeyColumn column '{samplingKeyColumnName}'"),
        ];
    }

    /// <summary>Without any seed a split is still the same every time.</summary>
    public static int SeedOf(IHostEnvironment env, int? seed)
        => seed ?? (env as IHostEnvironmentInternal)?.Seed ?? DefaultSeed;

    public IDataView Inside(double from, double to) => MakeView(from, to, inside: true);

    public IDataView Outside(double from, double to) => MakeView(from, to, inside: false);

    public IEnumerable<DataOperationsCatalog.TrainTestData> Folds(int count)
    {
        for (int fold = 0; fold < count; fold++)
        {
            double from = (double)fold / count;
            double to = fold == count - 1 ? 1 : (double)(fold + 1) / count;
            yield return new DataOperationsCatalog.TrainTestData(Outside(from, to), Inside(from, to));
        }
    }

    private FilteredView MakeView(double from, double to, bool inside)
    {
        // A schema of its own, as the views of the real split have one.
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(_data.Schema);
        return new FilteredView(_data, schema.ToSchema(), _key, row => MakeFilter(row, from, to, inside));
    }

    private Func<bool> MakeFilter(DataViewRowCursor row, double from, double to, bool inside)
    {
        Func<double> place = _key.Length == 0
            ? RandomPlaces()
            : GenericCall.Invoke<Func<double>>(PlacesByKey<int>, [_key[0].Type.RawType], row);
        return () => place() is double at && (at >= from && at < to) == inside;
    }

    private Func<double> RandomPlaces()
    {
        var random = new TauswortheHybrid((uint)_seed);
        return () => random.NextSingle();
    }

    private Func<double> PlacesByKey<TValue>(DataViewRowCursor row)
    {
        ValueGetter<TValue> getter = row.GetGetter<TValue>(_key[0]);
        TValue value = default;
        return () =>
        {
            getter(ref value);
            return new TauswortheHybrid(HashOf(value.ToString())).NextSingle();
        };
    }

    /// <summary>FNV-1a: the same in every process, unlike string.GetHashCode.</summary>
    private static uint HashOf(string text)
        => text.Aggregate(2166136261u, (hash, character) => (hash ^ character) * 16777619u);
}
