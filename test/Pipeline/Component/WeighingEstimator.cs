using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Tests;

internal sealed class WeighingEstimator : IEstimator<WeighingTransformer>
{
    public static WeighingDescription Description { get; } = new("Left", "Right");

    public static WeighingTransformer Transformer(int formatVersion = 1) => new(Description, [2, -3], [0.25], formatVersion);

    public WeighingTransformer Fit(IDataView input)
    {
        var transformer = Transformer();
        transformer.Transform(input);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);

        foreach (string name in new[] { Description.Left, Description.Right })
            SchemaChecks.Require(inputSchema, "left", name, "Single", column => column.ItemType == NumberDataViewType.Single);
        return new SchemaShape([.. inputSchema, ShapeColumns.Scalar("Weighted", NumberDataViewType.Single), ShapeColumns.Scalar("Doubled", NumberDataViewType.Single)]);
    }
}
