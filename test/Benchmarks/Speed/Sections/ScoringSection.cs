using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>How fast a trained network of 54-64-64-7 scores.</summary>
internal static class ScoringSection
{
    private static readonly NetworkCase s_network = new(64, 64);

    public static IEnumerable<ReportTable> Run(SpeedRun run)
    {
        var model = FitModel();
        yield return new("scoring", "Scoring one row: 54-64-64-7",
            "Time per row, rows given one at a time: through the network alone (logits, as PyTorch), and through ML.NET's PredictionEngine (checks, probabilities, predicted key). scikit-learn's is predict_proba.",
            [MeasureRow(run), MeasurePredictionEngine(run, model)]);
        yield return new("scoring", "Scoring one row: embeddings, 2 x 256 units", "Time per row, rows given one at a time through the network alone. The embeddings are piecewise-linear, of 48 bins; the same network on 128 features does without.",
            [MeasureEmbeddings(run)]);
        yield return new("scoring", "Scoring many rows: 54-64-64-7",
            "Rows per second. In memory: all rows in one array, one call per thread, a call per all rows for the peers. Cached view: every Score pulled through the transformer from ML.NET's cache, with one cursor or a set of cursors on threads of their own.",
            [.. MeasureBatch(run, s_network), .. MeasureView(run, model)]);
        foreach (int units in new[] { 256, 512 })
        {
            yield return new("scoring", $"Scoring many rows: 54-{units}-{units}-7", "Rows per second, all rows in one array, one call per thread, a call per all rows for the peers.",
                [.. MeasureBatch(run, new NetworkCase(units, units))]);
        }
    }

    private static Measurement MeasureRow(SpeedRun run)
    {
        const int Calls = 1000;
        var scorer = Scorer(s_network);
        float[] features = Numbers.Uniform(1, s_network.Features), scores = new float[s_network.Classes];
        var (ours, peers) = run.Compete(new ScoringWork(s_network.Features, s_network.Hidden, s_network.Classes, Rows: 1), new LocalContender("network", () =>
        {
            for (int i = 0; i < Calls; i++)
                scorer.Score(features, scores);
            return Calls;
        }));

        return new("network", NanosecondsPerRow(ours[0].Median), Unit.Nanoseconds)
        {
            Peers = [.. peers.Select(peer => peer with { Value = NanosecondsPerRow(peer.Value) })],
        };
    }

    private static Measurement MeasureEmbeddings(SpeedRun run)
    {
        NetworkCase embedded = new(Features: 8, Units: 256, HiddenLayers: 2, Classes: 7, Batch: 1) { Embedded = true };
        var outcomes = run.Compete(Rows("with", embedded), Rows("without", embedded with { Features = 128, Embedded = false }));
        double with = NanosecondsPerRow(outcomes[0].Median), without = NanosecondsPerRow(outcomes[1].Median);
        return new("embeddings of 8 features to 128", with, Unit.Nanoseconds)
        {
            Details = [new("128 features as they are", without, Unit.Nanoseconds), new("slower by", 100 * (with / without - 1), Unit.Percent)],
        };

        LocalContender Rows(string name, NetworkCase network)
        {
            const int Distinct = 500;
            var scorer = Scorer(network);
            float[] features = Numbers.Uniform(Distinct, network.Features), scores = new float[network.Classes];
            return new(name, () =>
            {
                for (int row = 0; row < Distinct; row++)
                    scorer.Score(features.AsSpan(row * network.Features, network.Features), scores);
                return Distinct;
            });
        }
    }

    private static Measurement MeasurePredictionEngine(SpeedRun run, ITransformer model)
    {
        var ml = new MLContext(1);
        var schema = Microsoft.ML.Data.SchemaDefinition.Create(typeof(NumberRow));
        schema[nameof(NumberRow.Features)].ColumnType = new Microsoft.ML.Data.VectorDataViewType(Microsoft.ML.Data.NumberDataViewType.Single, s_network.Features);
        using var engine = ml.Model.CreatePredictionEngine<NumberRow, Prediction>(model, inputSchemaDefinition: schema);
        var row = new NumberRow { Features = Numbers.Uniform(1, s_network.Features) };
        var prediction = new Prediction();
        var outcome = run.Compete(new LocalContender("engine", () =>
        {
            const int Calls = 500;
            for (int i = 0; i < Calls; i++)
                engine.Predict(row, ref prediction);
            return Calls;
        }));
        return new("PredictionEngine", NanosecondsPerRow(outcome[0].Median), Unit.Nanoseconds);
    }

    private static IEnumerable<Measurement> MeasureBatch(SpeedRun run, NetworkCase network)
    {
        int rows = run.Size(network.Units > 64 ? 5_000 : 20_000, 100), threads = Environment.ProcessorCount;
        var scorer = Scorer(network);
        float[] features = Numbers.Uniform(rows, network.Features), scores = new float[rows * network.Classes];
        var (ours, peers) = run.Compete(new ScoringWork(network.Features, network.Hidden, network.Classes, rows),
            new LocalContender("one thread", () => Score(0, rows)),
            new LocalContender("all threads", () =>
            {
                Parallel.For(0, threads, part => Score(rows * part / threads, rows * (part + 1) / threads));
                return rows;
            }));

        yield return new("in memory, 1 thread", ours[0].Median, Unit.RowsPerSecond) { Peers = peers };
        yield return new($"in memory, {threads} threads", ours[1].Median, Unit.RowsPerSecond) { Peers = peers };

        long Score(int first, int end)
        {
            scorer.ScoreBatch(features.AsSpan(first * network.Features, (end - first) * network.Features), end - first,
                scores.AsSpan(first * network.Classes, (end - first) * network.Classes));
            return end - first;
        }
    }

    private static IEnumerable<Measurement> MeasureView(SpeedRun run, ITransformer model)
    {
        var scored = model.Transform(NumberRow.CachedView(new MLContext(1), run.Size(200_000, 200), s_network.Features));
        var outcomes = run.Compete(
            new LocalContender("one cursor", () => ViewPass.Read(scored, ["Score"], cursors: 1)),
            new LocalContender("cursor set", () => ViewPass.Read(scored, ["Score"], Environment.ProcessorCount)));
        yield return new("cached view, 1 cursor", outcomes[0].Median, Unit.RowsPerSecond);
        yield return new($"cached view, {Environment.ProcessorCount} cursors", outcomes[1].Median, Unit.RowsPerSecond);
    }

    private static NetworkScorer Scorer(NetworkCase network)
    {
        var description = network.Describe();
        return new NetworkScorer(description, network.Initialize(description));
    }

    // What the network has learned does not matter to its speed.
    private static ITransformer FitModel()
    {
        var ml = new MLContext(1);
        var options = new DeepMlpOptions { InputScaling = null, NumberEmbedding = null, HiddenLayers = s_network.Hidden, NumberOfEpochs = 1, EarlyStopping = null };
        return ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.DeepMlp(options))
            .Fit(NumberRow.CachedView(ml, 700, s_network.Features)).LastTransformer;
    }

    private static double NanosecondsPerRow(double rowsPerSecond) => 1e9 / rowsPerSecond;

    /// <summary>What is asked of a model.</summary>
    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
