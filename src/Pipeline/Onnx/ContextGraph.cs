extern alias Data;

using Data::Microsoft.ML.Model.OnnxConverter;
using MLExtensions.Onnx;

namespace MLExtensions.Pipeline.Onnx;

/// <summary>A graph that ML.NET's <c>ConvertToOnnx</c> writes.</summary>
/// <param name="context">ML.NET's.</param>
internal sealed class ContextGraph(OnnxContext context) : OnnxGraph
{
    public override string Constant(float[] values, params long[] shape) => context.AddInitializer(values, shape, "constant", true);

    public override string Constant(double[] values, params long[] shape) => context.AddInitializer(values, shape, "constant", true);

    public override string Constant(long[] values, params long[] shape) => context.AddInitializer(values, shape, "constant", true);

    public override string Constant(bool[] values, params long[] shape) => context.AddInitializer(values, shape, "constant", true);

    public override string Constant(string[] values, params long[] shape) => context.AddInitializer(values, shape, "constant", true);

    public override string[] Nodes(string operation, string[] inputs, int outputs, string domain, params OnnxAttribute[] attributes)
    {
        // Of no type: what it is, the operation tells.
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => context.AddIntermediateVariable(null, $"value of {operation}", true))];
        Add(operation, inputs, names, domain, attributes);
        return names;
    }

    /// <summary>Gives a column its value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The name of the value.</param>
    public void Set(Microsoft.ML.DataViewSchema.Column column, string value) =>
        Add("Identity", [value], [context.AddIntermediateVariable(column.Type, column.Name, false)], "", []);

    private void Add(string operation, string[] inputs, string[] outputs, string domain, OnnxAttribute[] attributes)
    {
        var node = context.CreateNode(operation, inputs, outputs, context.GetNodeName(operation), domain);
        foreach (var attribute in attributes)
        {
            switch (attribute.Value)
            {
                case long number:
                    node.AddAttribute(attribute.Name, number);
                    break;
                case float number:
                    node.AddAttribute(attribute.Name, (double)number);
                    break;
                case string text:
                    node.AddAttribute(attribute.Name, text);
                    break;
                case long[] numbers:
                    node.AddAttribute(attribute.Name, numbers);
                    break;
                default:
                    node.AddAttribute(attribute.Name, (string[])attribute.Value);
                    break;
            }
        }
    }
}
