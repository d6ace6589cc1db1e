using Microsoft.ML;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>Feature vectors of tables, by ML.NET's own transforms.</summary>
internal static class FeatureColumns
{
    private const string Numbers = "AllNumbers";
    private const string Categories = "AllCategories";

    /// <summary>Numbers as they are, and a column of 0 and 1 for each category of the training rows.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="table">The table.</param>
    /// <param name="scale">What becomes of a column of all numbers; null where nothing does.</param>
    public static IEstimator<ITransformer> OneHot(MLContext ml, Table table, Func<string, IEstimator<ITransformer>>? scale = null)
    {
        string[] categories = [.. table.Categories];
        string[] numbers = [.. table.Features.Select(feature => feature.Name).Except(categories)];
        var chain = new Microsoft.ML.Data.EstimatorChain<ITransformer>();
        List<string> parts = [];
        if (numbers.Length > 0)
        {
            chain = chain.Append<ITransformer>(ml.Transforms.Concatenate(Numbers, numbers));
            chain = scale is null ? chain : chain.Append(scale(Numbers));
            parts.Add(Numbers);
        }
        if (categories.Length > 0)
        {
            string[] encoded = [.. categories.Select(name => $"{name} one-hot")];
            chain = chain.Append<ITransformer>(ml.Transforms.Categorical.OneHotEncoding([.. categories.Zip(encoded, (from, to) => new InputOutputColumnPair(to, from))]))
                .Append<ITransformer>(ml.Transforms.Concatenate(Categories, encoded));
            parts.Add(Categories);
        }
        return chain.Append<ITransformer>(ml.Transforms.Concatenate("Features", [.. parts]));
    }
}
