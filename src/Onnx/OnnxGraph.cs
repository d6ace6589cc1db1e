namespace MLExtensions.Onnx;

/// <summary>
/// A graph that is being written, operation by operation. Values are known by names; a value's first dimension is the rows, whose number is open. Operations are those of
/// operator set 12, which ML.NET writes.
/// </summary>
/// <remarks>https://github.com/onnx/onnx/blob/main/docs/Operators.md</remarks>
public abstract class OnnxGraph
{
    /// <summary>The domain of operations for classical machine learning.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>A constant tensor.</summary>
    /// <param name="values">The values, row-major.</param>
    /// <param name="shape">The sizes; none for a single number.</param>
    /// <returns>Its name.</returns>
    public abstract string Constant(float[] values, params long[] shape);

    /// <inheritdoc cref="Constant(float[], long[])"/>
    public abstract string Constant(double[] values, params long[] shape);

    /// <inheritdoc cref="Constant(float[], long[])"/>
    public abstract string Constant(long[] values, params long[] shape);

    /// <inheritdoc cref="Constant(float[], long[])"/>
    public abstract string Constant(bool[] values, params long[] shape);

    /// <inheritdoc cref="Constant(float[], long[])"/>
    public abstract string Constant(string[] values, params long[] shape);

    /// <summary>A constant number.</summary>
    /// <param name="value">The number.</param>
    public string Constant(float value) => Constant([value], 1);

    /// <summary>An operation with one result.</summary>
    /// <param name="operation">The name of the operation.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of the result.</returns>
    public string Node(string operation, string[] inputs, params OnnxAttribute[] attributes) => Nodes(operation, inputs, outputs: 1, "", attributes)[0];

    /// <summary>An operation.</summary>
    /// <param name="operation">The name of the operation.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="outputs">The number of its results.</param>
    /// <param name="domain">Its domain; empty for ONNX's own.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The names of the results.</returns>
    public abstract string[] Nodes(string operation, string[] inputs, int outputs, string domain, params OnnxAttribute[] attributes);

    /// <summary>The sum, by element.</summary>
    public string Add(string left, string right) => Node("Add", [left, right]);

    /// <summary>The difference, by element.</summary>
    public string Subtract(string left, string right) => Node("Sub", [left, right]);

    /// <summary>The product, by element.</summary>
    public string Multiply(string left, string right) => Node("Mul", [left, right]);

    /// <summary>The quotient, by element.</summary>
    public string Divide(string left, string right) => Node("Div", [left, right]);

    /// <summary>Values no smaller and no larger than limits, by element.</summary>
    public string Clip(string value, string least, string most) => Node("Min", [Node("Max", [value, least]), most]);

    /// <summary>One of two values, by element.</summary>
    public string Where(string condition, string ifTrue, string ifFalse) => Node("Where", [condition, ifTrue, ifFalse]);

    /// <summary>Values as another type.</summary>
    public string Cast(string value, OnnxType type) => Node("Cast", [value], ("to", (long)type));

    /// <summary>Some columns of a matrix, in a given order.</summary>
    public string Columns(string matrix, IEnumerable<int> columns)
    {
        long[] indices = [.. columns.Select(column => (long)column)];
        return Node("Gather", [matrix, Constant(indices, indices.Length)], ("axis", 1));
    }

    /// <summary>Matrices side by side.</summary>
    public string Concatenate(params IReadOnlyList<string> matrices) => matrices.Count == 1 ? matrices[0] : Node("Concat", [.. matrices], ("axis", 1));
}
