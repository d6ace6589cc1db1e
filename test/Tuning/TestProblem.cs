using MLExtensions.Tuning.Dimensions;
using MLExtensions.Tuning.Trials;

namespace MLExtensions.Tuning.Tests;

/// <summary>A function of some dimensions, to be minimized without any training.</summary>
internal sealed record TestProblem(DimensionList Dimensions, Func<SearchPoint, double> Loss)
{
    /// <summary>A valley over a rate by ratio, a share, a number of units and a choice of three, of which one hides a further range.</summary>
    public static TestProblem Valley { get; } = new(new(
        [
            new NumberDimension("rate", 1e-5, 1) { IsLog = true },
            new NumberDimension("share", 0, 1),
            new NumberDimension("units", 8, 512) { IsLog = true, IsInteger = true },
            new ChoiceDimension("kind", ["a", "b", "c"]),
            new NumberDimension("inner", -1, 1) { Condition = new("kind", ["b"], [1]) },
        ]),
        point => Square(Math.Log10(point["rate"]!.Value) + 3) + 4 * Square(point["share"]!.Value - 0.2) + Square(Math.Log2(point["units"]!.Value) - 7)
            + (point["kind"] == 1 ? Square(point["inner"]!.Value - 0.5) : 1));

    /// <summary>Branin's function, which has three minima of 0.3979.</summary>
    public static TestProblem Branin { get; } = new(new([new NumberDimension("x", -5, 10), new NumberDimension("y", 0, 15)]), point =>
    {
        double x = point["x"]!.Value, y = point["y"]!.Value;
        return Square(y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6) + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10;
    });

    /// <summary>The trials of a search, one after another.</summary>
    public List<Observation> Search(SearchStrategy strategy, int trials, int seed, Func<Observation, Observation>? change = null)
    {
        var sampler = strategy.Begin(Dimensions, seed);
        List<Observation> done = [];
        for (int number = 1; number <= trials && sampler.Next(done, number) is { } point; number++)
        {
            var trial = new Observation(point, TrialState.Complete, Loss(point)) { Number = number, Epochs = 10 };
            done.Add(change?.Invoke(trial) ?? trial);
        }
        return done;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    private static double Square(double x) => x * x;
}
