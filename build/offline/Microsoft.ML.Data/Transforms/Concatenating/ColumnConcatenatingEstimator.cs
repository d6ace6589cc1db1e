using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly string _outputColumnName;
    private readonly string[] _inputColumnNames;

    internal ColumnConcatenatingEstimator(string outputColumnName, string[] inputColumnNames)
    {
        Contracts.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        Contracts.CheckValue(inputColumnNames, nameof(inputColumnNames));
        Contracts.CheckParam(inputColumnNames.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        Contracts.CheckParam(
            !inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        _outputColumnName = outputColumnName;
        _inputColumnNames = inputColumnNames;
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new ColumnConcatenatingTransformer(_outputColumnName, _inputColumnNames);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column[] sources = _inputColumnNames.Select(inputSchema.FindInput).ToArray();
        SchemaShape.Column first = sources[0];
        foreach (SchemaShape.Column source in sources)
        {
            if (source.IsKey)
                throw Contracts.Except($"Column '{source.Name}' is key. Concatenation of keys is unsupported.");
            if (!source.ItemType.Equals(first.ItemType))
            {
                throw Contracts.Except(
                    $"Concatenated columns should have the same type. Column '{source.Name}' has type of {source.GetTypeString()}, "
                    + $"but expected column type is {first.GetTypeString()}.");
            }
        }

        bool isVariable = sources.Any(s => s.Kind == SchemaShape.Column.VectorKind.VariableVector);
        var annotations = new List<SchemaShape.Column>();
        if (sources.All(s => s.Annotations.TryFindColumn(AnnotationUtils.Kinds.IsNormalized, out _)))
        {
            annotations.Add(new SchemaShape.Column(
                AnnotationUtils.Kinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
        }
        if (sources.Any(HasSlotNames))
        {
            annotations.Add(new SchemaShape.Column(
                AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false));
        }
        return inputSchema.With(
        [
            new SchemaShape.Column(
                _outputColumnName,
                isVariable ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector,
                first.ItemType,
                false,
                new SchemaShape(annotations)),
        ]);
    }

    /// <summary>A scalar column gives its own name to its slot.</summary>
    private static bool HasSlotNames(SchemaShape.Column source)
        => source.Kind == SchemaShape.Column.VectorKind.Scalar
            || source.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out _);
}
