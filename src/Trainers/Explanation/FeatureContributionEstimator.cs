namespace MLExtensions.Trainers;

/// <summary>
/// Adds to each row what each slot of its features contributes to its score, so that whoever gives a score can give its reasons: column
/// <c>FeatureContributions</c>, a vector with the slot names of the features, and <c>FeatureContributionsBaseline</c>, the score that they are
/// measured from.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// | characteristic | |
/// | --- | --- |
/// | Input | the feature column of a fitted deep MLP, a vector of `Single` |
/// | Output | a vector of `Single` of the same size, and a `Single` |
/// | Passes over the data | one, for the baselines |
/// | Required NuGet in addition to Microsoft.ML | MLExtensions.Trainers |
/// | Exportable to ONNX | No |
/// ]]></format>
/// <para>Contributions are integrated gradients (<see cref="IntegratedGradients"/>): baseline and contributions of a row sum up to what is explained,
/// <see cref="ExplainedScore"/>, within the tolerance of <see cref="FeatureContributionOptions.Integration"/>. ML.NET's estimator of that name takes
/// linear models and trees alone, since what it asks of a model is internal to it; names of method, options and column are the same, but all
/// contributions are given and none is scaled, unless options say so.</para>
/// <para>A row costs as much as some 70 scores, and more where <see cref="FeatureContributionOptions.NumberOfBaselines"/> is above 1. Contributions
/// tell what the model computes from, not what would happen if a feature were changed, nor what causes the label; features that go together
/// share what either could have.</para>
/// </remarks>
public sealed class FeatureContributionEstimator : IEstimator<FeatureContributionTransformer>
{
    private readonly DeepMlpModelParameters _model;
    private readonly string _featureColumnName;
    private readonly FeatureContributionOptions _options;

    internal FeatureContributionEstimator(DeepMlpModelParameters model, string featureColumnName, FeatureContributionOptions options)
    {
        (_model, _featureColumnName, _options) = (model, featureColumnName, options);

        // What is wrong shows before any data is read.
        _ = new RowExplainer(model.Network, model.Weights, model.Link, options, new float[model.FeatureCount]);
    }

    /// <summary>Finds the rows that others are compared with.</summary>
    /// <param name="input">Rows with the feature column: those of the training, or rows of one's own choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or a feature is infinite, or missing where it may not be.</exception>
    public FeatureContributionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);

        var layout = _model.Network.Layout ?? RowLayout.Numbers(_model.FeatureCount);
        var features = TrainingColumns.FindFeatures(input.Schema, _featureColumnName, _model.FeatureCount);
        FeatureLayout.Require(features, layout);
        _model.FeatureSlots?.Require(features, "feature", "the model");
        float[] baselines = FeatureBaselines.Find(input, features, layout, _options.NumberOfBaselines, _options.Seed);
        return new(new(_model.Network, _model.Weights, _model.Link, _options, baselines), _featureColumnName, _model.FeatureSlots);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);

        var features = TrainingColumns.FindFeatures(inputSchema, _featureColumnName);
        bool hasNames = features.Annotations.Any(annotation => annotation.Name == AnnotationNames.SlotNames) || _model.FeatureSlots?.Texts is not null;
        var output = inputSchema.ToDictionary(column => column.Name);
        output[_options.OutputColumnName] = ShapeColumns.Vector(_options.OutputColumnName, NumberDataViewType.Single,
            hasNames ? [ShapeColumns.Vector(AnnotationNames.SlotNames, TextDataViewType.Instance)] : []);
        string baseline = FeatureContributionMapping.BaselineColumnOf(_options);
        output[baseline] = ShapeColumns.Scalar(baseline, NumberDataViewType.Single);
        return new SchemaShape(output.Values);
    }
}
