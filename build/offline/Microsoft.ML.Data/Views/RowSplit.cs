using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// Gives every row a place between 0 and 1 that depends on the seed and on the row's number, or on its sampling key alone.
/// Which rows fall where is not what it is in the real ML.NET; that they are an exact partition fixed by the seed is.
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

    public IDataView Inside(double from, double to) => new FilteredView(_data, _key, row => MakeFilter(row, from, to, true));

    public IDataView Outside(double from, double to) => new FilteredView(_data, _key, row => MakeFilter(row, from, to, false));

    public IEnumerable<DataOperationsCatalog.TrainTestData> Folds(int count)
    {
        for (int fold = 0; fold < count; fold++)
        {
            double from = (double)fold / count;
            double to = fold == count - 1 ? 1 : (double)(fold + 1) / count;
            yield return new DataOperationsCatalog.TrainTestData(Outside(from, to), Inside(from, to));
        }
    }

    private Func<bool> MakeFilter(DataViewRowCursor row, double from, double to, bool inside)
    {
        Func<double> place = _key.Length == 0
            ? RandomPlaces()
            : GenericCall.Invoke<Func<double>>(PlacesByKey<int>, [_key[0].Type.RawType], row);
        return () => place() is double at && (at >= from && at < to) == inside;
    }

    private Func<double> RandomPlaces() => new Random(_seed).NextDouble;

    private Func<double> PlacesByKey<TValue>(DataViewRowCursor row)
    {
        ValueGetter<TValue> getter = row.GetGetter<TValue>(_key[0]);
        TValue value = default;
        return () =>
        {
            getter(ref value);
            return new Random(HashOf(value.ToString()) ^ _seed).NextDouble();
        };
    }

    /// <summary>FNV-1a: the same in every process, unlike string.GetHashCode.</summary>
    private static int HashOf(string text)
        => (int)text.Aggregate(2166136261u, (hash, character) => (hash ^ character) * 16777619u);
}
