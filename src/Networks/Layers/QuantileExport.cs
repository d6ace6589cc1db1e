namespace MLExtensions.Networks.Layers;

/// <summary>Scaling by quantiles to a normal distribution as a graph.</summary>
internal static class QuantileExport
{
    /// <summary>Writes what becomes of numbers: the share of training rows below, and its quantile of the normal distribution.</summary>
    /// <param name="network">The network that is written, at the layer.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The numbers, [rows x slots].</param>
    public static string Write(OnnxNetwork network, QuantileInputLayer layer, string input)
    {
        var graph = network.Graph;
        int slots = layer.Layout.Width, count = layer.Quantiles;
        float[] quantiles = network.Tensors("quantiles");
        string value = graph.Cast(graph.Node("Unsqueeze", [input], ("axes", new long[] { 2 })), OnnxType.Double);

        // Among quantiles that are all different the sum of how far each step is done; of equal ones the mean of their places.
        double[] starts = new double[slots * (count - 1)], widths = new double[slots * (count - 1)];
        for (int slot = 0; slot < slots; slot++)
        {
            for (int step = 0; step < count - 1; step++)
            {
                int at = slot * (count - 1) + step;
                starts[at] = quantiles[slot * count + step];
                widths[at] = (double)quantiles[slot * count + step + 1] - quantiles[slot * count + step];
            }
        }
        string zero = graph.Constant(new double[] { 0 }, 1), one = graph.Constant(new double[] { 1 }, 1);
        string done = graph.Clip(graph.Divide(graph.Subtract(value, Steps(starts)), Steps([.. widths.Select(width => width > 0 ? width : 1)])), zero, one);
        string past = graph.Cast(graph.Node("Greater", [value, Steps(starts)]), OnnxType.Double);
        string between = Sum(graph.Where(graph.Constant(Array.ConvertAll(widths, width => width > 0), slots, count - 1), done, past));

        string all = graph.Constant(Array.ConvertAll(quantiles, quantile => (double)quantile), slots, count);
        string below = Sum(graph.Cast(graph.Node("Less", [all, value]), OnnxType.Double));
        string equal = Sum(graph.Cast(graph.Node("Equal", [all, value]), OnnxType.Double));
        // Places below to below + equal - 1; the first and the last place are the ends.
        string amid = graph.Add(below, graph.Multiply(graph.Subtract(equal, one), graph.Constant(new double[] { 0.5 }, 1)));
        string place = graph.Where(graph.Node("Greater", [equal, zero]), amid, between);
        string last = graph.Constant(new double[] { count - 1 }, 1);
        string isFirst = graph.Node("And", [graph.Node("Equal", [below, zero]), graph.Node("Less", [equal, graph.Constant(new double[] { count }, 1)])]);
        string isLast = graph.Node("And", [graph.Node("Equal", [graph.Add(below, equal), graph.Constant(new double[] { count }, 1)]), graph.Node("Greater", [below, zero])]);
        string share = graph.Divide(graph.Where(isFirst, graph.Where(graph.Node("Greater", [equal, zero]), zero, between), graph.Where(isLast, last, place)), last);

        string quantile = OnnxFunctions.NormalQuantile(graph, graph.Cast(graph.Subtract(graph.Multiply(share, graph.Constant(new double[] { 2 }, 1)), one), OnnxType.Single));
        string isLow = graph.Node("Less", [share, graph.Constant(new[] { QuantileInputStep.Edge }, 1)]);
        string isHigh = graph.Node("Greater", [share, graph.Constant(new[] { 1 - QuantileInputStep.Edge }, 1)]);
        return graph.Where(isLow, graph.Constant(-QuantileInputStep.Farthest), graph.Where(isHigh, graph.Constant(QuantileInputStep.Farthest), quantile));

        string Steps(double[] values) => graph.Constant(values, slots, count - 1);
        string Sum(string values) => graph.Node("ReduceSum", [values], ("axes", new long[] { 2 }), ("keepdims", 0));
    }
}
