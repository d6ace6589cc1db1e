using MLExtensions.Networks;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>A table on disk, what is learned of it, and how its rows are divided.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Files">The files whose rows follow one another.</param>
/// <param name="Label">The column to learn.</param>
/// <param name="Task">The task.</param>
/// <param name="Protocol">How rows are divided.</param>
internal sealed record DataSet(string Name, IReadOnlyList<string> Files, string Label, LossTasks Task, Protocol Protocol)
{
    /// <summary>Columns that are no features.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    /// <summary>The paths of the files.</summary>
    public IReadOnlyList<string> Paths => [.. Files.Select(file => Path.Combine(AppContext.BaseDirectory, "Data", file))];

    /// <summary>Whether classes are told apart.</summary>
    public bool IsClassification => Task != LossTasks.Regression;
}
