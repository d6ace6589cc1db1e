using Microsoft.ML;
using MLExtensions.Onnx;

namespace MLExtensions.Pipeline;

/// <summary>The columns of a mapping that is being written as a graph: values of its input columns, and of those that it adds.</summary>
/// <remarks>A column of numbers is [rows x 1], one of vectors [rows x size]; keys are whole numbers counted from 1.</remarks>
public sealed class OnnxColumns
{
    private readonly Func<string, string> _valueOf;
    private readonly Dictionary<int, string> _values = [];

    internal OnnxColumns(OnnxGraph graph, Func<string, string> valueOf)
    {
        Graph = graph;
        _valueOf = valueOf;
    }

    /// <summary>The graph.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>The value of an input column.</summary>
    /// <param name="column">The column.</param>
    public string ValueOf(DataViewSchema.Column column) => _valueOf(column.Name);

    /// <summary>Gives an added column its value; each must have one.</summary>
    /// <param name="column">The index of the column in <see cref="RowMapping.Columns"/>.</param>
    /// <param name="value">The name of the value.</param>
    public void Set(int column, string value) => _values[column] = value;

    /// <summary>The values of added columns, by their index.</summary>
    internal IReadOnlyDictionary<int, string> Values => _values;
}
