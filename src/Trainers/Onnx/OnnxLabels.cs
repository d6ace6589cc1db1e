using System.Globalization;

namespace MLExtensions.Trainers.Onnx;

/// <summary>Labels of classes as values of a graph.</summary>
internal static class OnnxLabels
{
    /// <summary>Writes the label of a class.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="index">The name of the class of each row, [rows x 1] of whole numbers.</param>
    /// <returns>[rows x 1] of the label's type; keys are counted from 1.</returns>
    /// <exception cref="NotSupportedException">The label is of a type that ONNX has not.</exception>
    public static string Write(OnnxGraph graph, ClassLabels classes, string index)
    {
        if (classes is not { IsKey: false, Values: { } values })
            return graph.Cast(graph.Node("Gather", [Keys(graph, classes), index], ("axis", 0L)), OnnxType.UInt32);

        var texts = values.Texts;
        return values.LabelType.ItemType switch
        {
            TextDataViewType => graph.Nodes("LabelEncoder", [index], 1, OnnxGraph.MachineLearning, ("keys_int64s", Indices(texts.Count)), ("values_strings", [.. texts]))[0],
            BooleanDataViewType => Pick(graph.Constant([.. texts.Select(bool.Parse)], texts.Count)),
            NumberDataViewType number when number.RawType == typeof(float) => Pick(graph.Constant([.. texts.Select(text => float.Parse(text, CultureInfo.InvariantCulture))], texts.Count)),
            NumberDataViewType number when number.RawType == typeof(double) => Pick(graph.Constant([.. texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))], texts.Count)),
            NumberDataViewType number when number.RawType != typeof(ulong) => graph.Cast(Pick(graph.Constant([.. texts.Select(text => long.Parse(text, CultureInfo.InvariantCulture))], texts.Count)), TypeOf(number)),
            var type => throw new NotSupportedException($"the predicted label is {type}, for which ONNX has no form"),
        };

        string Pick(string constants) => graph.Node("Gather", [constants, index], ("axis", 0L));
    }

    /// <summary>Writes the key of a class, counted from 1, by the label; 0 where it is none of the values.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">The values of the classes.</param>
    /// <param name="label">The name of the labels, [rows x 1].</param>
    /// <exception cref="NotSupportedException">The label is of a type that ONNX has not.</exception>
    public static string WriteKey(OnnxGraph graph, LabelValues values, string label)
    {
        long[] keys = [.. Indices(values.Texts.Count).Select(index => index + 1)];
        string key = values.LabelType.ItemType switch
        {
            TextDataViewType => graph.Nodes("LabelEncoder", [label], 1, OnnxGraph.MachineLearning, ("keys_strings", [.. values.Texts]), ("values_int64s", keys), ("default_int64", 0L))[0],
            BooleanDataViewType => graph.Where(label, One(values.IndexOf("True") + 1), One(values.IndexOf("False") + 1)),
            NumberDataViewType => Sum(graph.Node("Equal", [graph.Cast(label, OnnxType.Double), graph.Constant([.. values.ToNumbers()!], 1, keys.Length)])),
            var type => throw new NotSupportedException($"the label is {type}, for which ONNX has no form"),
        };
        return graph.Cast(key, OnnxType.UInt32);

        string One(int value) => graph.Constant(new long[] { value }, 1);

        string Sum(string isValue) => graph.Node("ReduceSum", [graph.Multiply(graph.Cast(isValue, OnnxType.Int64), graph.Constant(keys, 1, keys.Length))], ("axes", new long[] { 1 }), ("keepdims", 1L));
    }

    /// <summary>Writes the key of a class by a key of other values.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="map">The class of each key, -1 where it is none.</param>
    /// <param name="key">The name of the keys, [rows x 1].</param>
    public static string WriteKey(OnnxGraph graph, int[] map, string key)
    {
        string table = graph.Constant([0L, .. map.Select(index => index + 1L)], map.Length + 1);
        return graph.Cast(graph.Node("Gather", [table, graph.Cast(key, OnnxType.Int64)], ("axis", 0L)), OnnxType.UInt32);
    }

    /// <summary>Writes the number of a class, counted from 0, by its key; NaN for a key that is missing.</summary>
    public static string WriteNumber(OnnxGraph graph, string key)
    {
        string number = graph.Cast(key, OnnxType.Single);
        return graph.Where(graph.Node("Greater", [number, graph.Constant(0f)]), graph.Subtract(number, graph.Constant(1f)), graph.Constant(float.NaN));
    }

    private static string Keys(OnnxGraph graph, ClassLabels classes)
    {
        bool isReversed = classes is { Values: null, IsReversed: true };
        return graph.Constant([.. Indices(classes.Count).Select(index => isReversed ? classes.Count - index : index + 1)], classes.Count);
    }

    private static long[] Indices(int count) => [.. Enumerable.Range(0, count).Select(index => (long)index)];

    private static OnnxType TypeOf(NumberDataViewType number) => Type.GetTypeCode(number.RawType) switch
    {
        TypeCode.SByte => OnnxType.SByte,
        TypeCode.Byte => OnnxType.Byte,
        TypeCode.Int16 => OnnxType.Int16,
        TypeCode.UInt16 => OnnxType.UInt16,
        TypeCode.Int32 => OnnxType.Int32,
        TypeCode.UInt32 => OnnxType.UInt32,
        _ => OnnxType.Int64,
    };
}
