using Microsoft.ML;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>Feature vectors of tables, by ML.NET's own transforms.</summary>
internal static class FeatureColumns
{
    /// <summary>Numbers as they are, and a slot of 0 and 1 for each category of the training rows.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">The column to make.</param>
    public static IEstimator<ITransformer> OneHot(MLContext ml, Table table, string name)
    {
        string[] categories = [.. table.Categories];
        InputOutputColumnPair[] encoded = [.. categories.Select(category => new InputOutputColumnPair($"{category} one-hot", category))];
        var numbers = table.Features.Select(feature => feature.Name).Except(categories);
        var concatenate = ml.Transforms.Concatenate(name, [.. numbers, .. encoded.Select(pair => pair.OutputColumnName)]);
        return encoded.Length == 0 ? concatenate : ml.Transforms.Categorical.OneHotEncoding(encoded).Append(concatenate);
    }
}
