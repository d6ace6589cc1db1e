using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;

    internal KeyToValueMappingEstimator(InputOutputColumnPair[] columns)
        : base(new KeyToValueMappingTransformer(columns))
    {
        _columns = columns;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.With(_columns.Select(pair => ShapeOf(pair, inputSchema.FindInput(pair.InputColumnName))));

    private static SchemaShape.Column ShapeOf(InputOutputColumnPair pair, SchemaShape.Column source)
    {
        if (!source.IsKey)
            throw Contracts.ExceptSchemaMismatch("inputSchema", "input", source.Name, "KeyType", source.GetTypeString());
        Contracts.CheckParam(
            source.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out SchemaShape.Column keyValues),
            "inputSchema",
            $"Input column '{source.Name}' doesn't contain key values metadata");
        SchemaShape annotations = source.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out SchemaShape.Column slotNames)
            ? new SchemaShape([slotNames])
            : null;
        return new SchemaShape.Column(
            pair.OutputColumnName, source.Kind, keyValues.ItemType, keyValues.IsKey, annotations);
    }
}
