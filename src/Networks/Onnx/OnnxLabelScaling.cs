namespace MLExtensions.Networks.Onnx;

/// <summary>From outputs of a regression back to units of the label, as a graph.</summary>
internal static class OnnxLabelScaling
{
    /// <summary>Writes the scores.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="scaling">How labels are scaled.</param>
    /// <param name="outputs">The outputs, [rows x labels], or [rows x quantiles] of one label.</param>
    /// <param name="count">How many there are in a row.</param>
    /// <param name="areQuantiles">Whether they are quantiles.</param>
    public static string Write(OnnxGraph graph, LabelScaling scaling, string outputs, int count, bool areQuantiles)
    {
        // In double precision, as the scores are computed: labels may be large and close together.
        string value = graph.Cast(outputs, OnnxType.Double);
        if (scaling.HasLogLink)
            value = graph.Node("Exp", [value]);
        value = graph.Add(graph.Multiply(value, Row(scaling.StandardDeviations)), Row(scaling.Means));
        if (scaling.Transform is LabelTransform.Log or LabelTransform.LogOnePlus)
            value = graph.Node("Exp", [value]);
        if (scaling.Transform == LabelTransform.LogOnePlus)
            value = graph.Subtract(value, graph.Constant(new[] { 1.0 }, 1));
        if (scaling.Clamp)
            value = graph.Clip(value, Row(scaling.Minima), Row(scaling.Maxima));
        string scores = graph.Cast(value, OnnxType.Single);
        return areQuantiles && count > 1
            ? graph.Nodes("TopK", [scores, graph.Constant(new long[] { count }, 1)], 2, "", ("axis", 1L), ("largest", 0L), ("sorted", 1L))[0]
            : scores;

        string Row(double[] values) => graph.Constant(values, values.Length);
    }
}
