using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly DataKind _outputKind;

    internal TypeConvertingEstimator(InputOutputColumnPair[] columns, DataKind outputKind)
        : base(new TypeConvertingTransformer(columns, outputKind))
    {
        _columns = columns;
        _outputKind = outputKind;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.With(_columns.Select(pair => ShapeOf(pair, inputSchema.FindInput(pair.InputColumnName))));

    private SchemaShape.Column ShapeOf(InputOutputColumnPair pair, SchemaShape.Column source)
    {
        PrimitiveDataViewType type = _outputKind.ToDataViewType();
        Contracts.CheckParam(
            !source.IsKey && ValueConversion.Exists(source.ItemType.RawType, type.RawType),
            "inputSchema",
            $"source column '{source.Name}' with item type '{source.GetTypeString()}' is not compatible with destination type '{type}'");
        return new SchemaShape.Column(pair.OutputColumnName, source.Kind, type, false, source.Annotations);
    }
}
