using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    internal const int DefaultMaximumNumberOfKeys = 1000000;

    private readonly InputOutputColumnPair[] _columns;
    private readonly int _maximumNumberOfKeys;
    private readonly KeyOrdinality _ordinality;
    private readonly bool _keyValuesAsText;
    private readonly IDataView _keyData;

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    internal ValueToKeyMappingEstimator(
        InputOutputColumnPair[] columns, int maximumNumberOfKeys, KeyOrdinality ordinality, bool keyValuesAsText, IDataView keyData)
    {
        Contracts.CheckParam(columns?.Length > 0, nameof(columns), "columns cannot be null or empty");
        _columns = columns;
        _maximumNumberOfKeys = maximumNumberOfKeys;
        _ordinality = ordinality;
        _keyValuesAsText = keyValuesAsText;
        _keyData = keyData;
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        Vocabulary[] vocabularies = _columns
            .Select(pair => (Source: _keyData ?? input, Column: SourceOf(pair, input.Schema)))
            .Select(found => Vocabulary.Learn(found.Source, found.Column, _maximumNumberOfKeys, _ordinality))
            .ToArray();
        return new ValueToKeyMappingTransformer(_columns, vocabularies, _keyValuesAsText);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.With(_columns.Select(pair => ShapeOf(pair, inputSchema.FindInput(pair.InputColumnName))));

    private SchemaShape.Column ShapeOf(InputOutputColumnPair pair, SchemaShape.Column source)
    {
        var annotations = new List<SchemaShape.Column>();
        if (source.Kind == SchemaShape.Column.VectorKind.Vector
            && source.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out SchemaShape.Column slotNames))
        {
            annotations.Add(slotNames);
        }
        annotations.Add(new SchemaShape.Column(
            AnnotationUtils.Kinds.KeyValues,
            SchemaShape.Column.VectorKind.Vector,
            _keyValuesAsText ? TextDataViewType.Instance : source.ItemType,
            source.IsKey && !_keyValuesAsText));
        return new SchemaShape.Column(
            pair.OutputColumnName, source.Kind, NumberDataViewType.UInt32, true, new SchemaShape(annotations));
    }

    private DataViewSchema.Column SourceOf(InputOutputColumnPair pair, DataViewSchema schema)
    {
        DataViewSchema.Column column = schema.FindInput(pair.InputColumnName);
        if (_keyData == null)
            return column;
        Contracts.CheckParam(
            _keyData.Schema.Count == 1,
            "keyData",
            "If specified, this data view should contain only a single column containing the terms to map, "
            + $"but this had {_keyData.Schema.Count} columns.");
        return _keyData.Schema[0];
    }
}
