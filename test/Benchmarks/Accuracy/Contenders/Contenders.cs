using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>The contenders, ours first. Another setting of ours is a line.</summary>
internal static class Contenders
{
    /// <summary>All that can be named; those of Python only where one has scikit-learn.</summary>
    /// <param name="peers">Whether those of Python are wanted.</param>
    /// <param name="pythonPath">The Python to use; null for the one in PATH that has most.</param>
    /// <param name="note">Is told what is missing.</param>
    public static IReadOnlyList<IContender> All(bool peers, string? pythonPath, Action<string> note) =>
    [
        new DeepMlpContender("defaults", "no options", _ => new DeepMlpOptions()),
        new DeepMlpContender("realmlp", "RealMlp preset", task => DeepMlpOptions.RealMlp(task), isOnDemand: true),
        new DeepMlpContender("quick", "Quick preset", task => DeepMlpOptions.Quick(task), isOnDemand: true),
        new DeepMlpContender("tabm", "TabM preset", task => DeepMlpOptions.TabM(task), isOnDemand: true, takesAll: true),
        new DeepMlpContender("neighbors", "TabM preset with NeighborMeans", task => DeepMlpOptions.TabM(task) with { NeighborMeans = new() }, isOnDemand: true, takesAll: true),
        new DeepMlpContender("best", "Best preset, no time limit", task => DeepMlpOptions.Best(task), isOnDemand: true, takesAll: true),
        new DeepMlpContender("ensemble", "the mean of five networks", _ => new DeepMlpOptions { Ensemble = new() }, isOnDemand: true, takesAll: true),
        new DeepMlpContender("batch-norm", "Normalization.Batch", _ => new DeepMlpOptions { Normalization = Normalization.Batch }, isOnDemand: true),
        new LightGbmContender(isTuned: true),
        new LightGbmContender(isTuned: false),
        new FastTreeContender(),
        .. peers ? PythonContender.All(pythonPath, note) : [],
    ];
}
