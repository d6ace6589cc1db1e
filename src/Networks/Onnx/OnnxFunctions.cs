namespace MLExtensions.Networks.Onnx;

/// <summary>Functions that operator set 12 has not, or has in another way.</summary>
internal static class OnnxFunctions
{
    /// <summary>Probabilities over the last dimension: that of operator set 12 takes all dimensions from one on as a row.</summary>
    public static string Softmax(OnnxGraph graph, string logits)
    {
        string exponentials = graph.Node("Exp", [graph.Subtract(logits, graph.Node("ReduceMax", [logits], ("axes", new long[] { -1 }), ("keepdims", 1)))]);
        return graph.Divide(exponentials, graph.Node("ReduceSum", [exponentials], ("axes", new long[] { -1 }), ("keepdims", 1)));
    }

    /// <summary>A polynomial by Horner's rule.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">The variable.</param>
    /// <param name="coefficients">The coefficients, that of the highest power first.</param>
    public static string Polynomial(OnnxGraph graph, string x, params float[] coefficients) =>
        coefficients.Skip(1).Aggregate(graph.Constant(coefficients[0]), (sum, coefficient) => graph.Add(graph.Multiply(sum, x), graph.Constant(coefficient)));

    /// <summary>√2 erf⁻¹(x), as <see cref="VectorMath.NormalQuantile"/> has it.</summary>
    public static string NormalQuantile(OnnxGraph graph, string x)
    {
        string one = graph.Constant(1f), five = graph.Constant(5f);
        string w = graph.Node("Neg", [graph.Node("Log", [graph.Multiply(graph.Subtract(one, x), graph.Add(one, x))])]);
        string middle = Polynomial(graph, graph.Subtract(w, graph.Constant(2.5f)),
            2.81022636e-08f, 3.43273939e-07f, -3.5233877e-06f, -4.39150654e-06f, 0.00021858087f, -0.00125372503f, -0.00417768164f, 0.246640727f, 1.50140941f);
        string tail = Polynomial(graph, graph.Subtract(graph.Node("Sqrt", [graph.Node("Max", [five, w])]), graph.Constant(3f)),
            -0.000200214257f, 0.000100950558f, 0.00134934322f, -0.00367342844f, 0.00573950773f, -0.0076224613f, 0.00943887047f, 1.00167406f, 2.83297682f);
        return graph.Multiply(graph.Multiply(graph.Where(graph.Node("Greater", [w, five]), tail, middle), x), graph.Constant(1.41421356f));
    }

    /// <summary>Where an index of a category is valid, as true or false for each row and index.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="column">The indices as numbers, [rows x 1].</param>
    /// <param name="categories">The number of categories.</param>
    /// <returns>[rows x categories], in which a row without a valid index is false throughout.</returns>
    public static string OneOf(OnnxGraph graph, string column, int categories) =>
        graph.Node("Equal", [column, graph.Constant([.. Enumerable.Range(0, categories).Select(index => (float)index)], 1, categories)]);
}
