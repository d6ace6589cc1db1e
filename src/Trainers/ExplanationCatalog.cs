namespace Microsoft.ML;

/// <summary>Adds explanations of deep MLPs to ML.NET's catalogs.</summary>
public static class ExplanationCatalog
{
    /// <summary>
    /// Makes an estimator that adds to each row what each feature contributes to its score: <see cref="FeatureContributionEstimator"/>. Fit it to
    /// rows that others are compared with, such as those of the training, transformed up to the features:
    /// <c>model.Append(ml.Transforms.CalculateFeatureContribution(model.LastTransformer).Fit(model.Transform(train)))</c>.
    /// </summary>
    /// <typeparam name="TModel">The model of the task.</typeparam>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="predictionTransformer">The fitted deep MLP, as a trainer gives it or as it stands in a chain that was loaded.</param>
    /// <param name="numberOfPositiveContributions">How many positive contributions are given, the largest; others are 0. All by default.</param>
    /// <param name="numberOfNegativeContributions">How many negative contributions are given, those furthest from 0; others are 0. All by default.</param>
    /// <param name="normalize">Whether the contributions of a row are divided by the largest of their absolute values. False by default: they add up to the score.</param>
    /// <exception cref="ArgumentException">An argument is outside its range, or the model has several labels: give options.</exception>
    /// <exception cref="NotSupportedException">The network is code of the application.</exception>
    public static FeatureContributionEstimator CalculateFeatureContribution<TModel>(this TransformsCatalog catalog, DeepMlpTransformer<TModel> predictionTransformer,
        int numberOfPositiveContributions = int.MaxValue, int numberOfNegativeContributions = int.MaxValue, bool normalize = false)
        where TModel : DeepMlpModelParameters =>
        catalog.CalculateFeatureContribution(predictionTransformer, new FeatureContributionOptions
        {
            NumberOfPositiveContributions = numberOfPositiveContributions,
            NumberOfNegativeContributions = numberOfNegativeContributions,
            Normalize = normalize,
        });

    /// <summary>Makes an estimator that adds to each row what each feature contributes to its score: <see cref="FeatureContributionEstimator"/>.</summary>
    /// <typeparam name="TModel">The model of the task.</typeparam>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="predictionTransformer">The fitted deep MLP.</param>
    /// <param name="options">All that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are outside their range, or ask for a score that is not there; the message lists all.</exception>
    /// <exception cref="NotSupportedException">The network is code of the application.</exception>
    public static FeatureContributionEstimator CalculateFeatureContribution<TModel>(this TransformsCatalog catalog, DeepMlpTransformer<TModel> predictionTransformer,
        FeatureContributionOptions options)
        where TModel : DeepMlpModelParameters
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(predictionTransformer);
        ArgumentNullException.ThrowIfNull(options);

        return new(predictionTransformer.Model, predictionTransformer.FeatureColumnName, options);
    }
}
