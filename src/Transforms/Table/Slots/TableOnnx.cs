using System.Globalization;

namespace MLExtensions.Transforms.Table.Slots;

/// <summary>Writes an encoded table as a graph, part by part.</summary>
/// <param name="graph">The graph.</param>
/// <param name="options">The options that the columns were encoded with.</param>
internal sealed class TableOnnx(OnnxGraph graph, TableEncodingOptions options)
{
    /// <summary>Writes the slots of a column.</summary>
    /// <param name="fitted">What was found in it.</param>
    /// <param name="column">The column.</param>
    /// <param name="value">The name of its values.</param>
    /// <returns>The slots, [rows x slots].</returns>
    /// <exception cref="NotSupportedException">The column is of a type that cannot be encoded in a graph.</exception>
    public string Write(TableColumn fitted, DataViewSchema.Column column, string value) =>
        graph.Concatenate([.. fitted.Parts.Select(part => part switch
        {
            TableNumberPart number => WriteNumber(number, NumberOf(fitted, column, value, part.Source)),
            TableCategoryPart category => WriteCategory(category, IndexOf(category, fitted, column, value)),
            _ => WriteNothing(column, value, part.Source),
        })]);

    private string WriteNumber(TableNumberPart part, string number)
    {
        string isMissing = graph.Node("IsNaN", [graph.Cast(number, OnnxType.Single)]);
        string present = graph.Cast(graph.Subtract(number, graph.Constant(new[] { part.Origin }, 1)), OnnxType.Single);
        string slot = graph.Where(isMissing, graph.Constant(options.MissingNumbers == MissingNumbers.Keep ? float.NaN : (float)part.Median), present);
        return part.Indicator is null ? slot : graph.Concatenate(slot, graph.Cast(isMissing, OnnxType.Single));
    }

    // The index, or a slot for each category.
    private string WriteCategory(TableCategoryPart part, string index)
    {
        if (options.CategoryEncoding != CategoryEncoding.Index)
        {
            long[] all = [.. Enumerable.Range(0, part.Categories.Count).Select(category => (long)category)];
            return graph.Cast(graph.Node("Equal", [index, graph.Constant(all, 1, all.Length)]), OnnxType.Single);
        }

        string number = graph.Cast(index, OnnxType.Single);
        return graph.Where(graph.Node("Less", [number, graph.Constant(0f)]), graph.Constant(float.NaN), number);
    }

    // Zeros, as many as there are rows.
    private string WriteNothing(DataViewSchema.Column column, string value, int source)
    {
        if (column.Type is TextDataViewType)
            return graph.Cast(graph.Nodes("LabelEncoder", [value], 1, OnnxGraph.MachineLearning, ("keys_strings", new[] { "" }), ("values_int64s", new[] { 0L }), ("default_int64", 0L))[0], OnnxType.Single);

        string zero = graph.Constant(0f);
        return graph.Where(graph.Node("IsNaN", [graph.Cast(SlotOf(column, value, source), OnnxType.Single)]), zero, zero);
    }

    // In double precision.
    private string NumberOf(TableColumn fitted, DataViewSchema.Column column, string value, int source) => column.Type switch
    {
        TextDataViewType => throw Refuse(fitted, "holds numbers as text, which a graph does not read. Convert it before: ml.Transforms.Conversion.ConvertType"),
        VectorDataViewType or BooleanDataViewType or NumberDataViewType => graph.Cast(SlotOf(column, value, source), OnnxType.Double),
        var type => throw Refuse(fitted, $"is {type}, for which ONNX has no form"),
    };

    private string SlotOf(DataViewSchema.Column column, string value, int source) => column.Type is VectorDataViewType ? graph.Columns(value, [source]) : value;

    // Whole numbers, [rows x 1]; -1 for none.
    private string IndexOf(TableCategoryPart part, TableColumn fitted, DataViewSchema.Column column, string value)
    {
        var index = new CategoryIndex(part.Categories);
        return column.Type switch
        {
            TextDataViewType => OfTexts(part, index, value),
            KeyDataViewType when KeyCells.TextsOf(column) is { } texts => Pick([index.Missing, .. texts.Select(text => index.Find(text))], graph.Cast(value, OnnxType.Int64)),
            BooleanDataViewType => Pick([index.Find(bool.FalseString), index.Find(bool.TrueString)], graph.Cast(value, OnnxType.Int64)),
            KeyDataViewType or NumberDataViewType => OfNumbers(part, index, value, isKey: column.Type is KeyDataViewType),
            var type => throw Refuse(fitted, $"is {type}, for which ONNX has no form"),
        };
    }

    // Blanks around a text do not count; a graph can only know them by heart, so that one before it, as behind a comma, is known.
    private string OfTexts(TableCategoryPart part, CategoryIndex index, string value)
    {
        string[] known = [.. part.Categories.Where(category => category.Kind == TableCategoryKind.Value).Select(category => category.Value)];
        var keys = new Dictionary<string, long>();
        foreach (string text in options.MissingTexts.Append(""))
        {
            keys.TryAdd(text, index.Missing);
            keys.TryAdd(" " + text, index.Missing);
        }
        foreach (string text in known)
        {
            keys.TryAdd(text, index.Find(text));
            keys.TryAdd(" " + text, index.Find(text));
        }
        return graph.Nodes("LabelEncoder", [value], 1, OnnxGraph.MachineLearning,
            ("keys_strings", [.. keys.Keys]), ("values_int64s", [.. keys.Values]), ("default_int64", index.Unseen))[0];
    }

    // Numbers are categories by their texts, which are those of single values.
    private string OfNumbers(TableCategoryPart part, CategoryIndex index, string value, bool isKey)
    {
        string number = graph.Cast(value, OnnxType.Double);
        var known = part.Categories.Where(category => category.Kind == TableCategoryKind.Value)
            .Select(category => (Number: double.Parse(category.Value, CultureInfo.InvariantCulture), Place: (long)index.Find(category.Value))).ToArray();
        string isMissing = isKey
            ? graph.Node("Equal", [number, graph.Constant(new[] { 0.0 }, 1)])
            : graph.Node("IsNaN", [graph.Cast(number, OnnxType.Single)]);
        string other = graph.Where(isMissing, graph.Constant(new long[] { index.Missing }, 1), graph.Constant(new long[] { index.Unseen }, 1));
        if (known.Length == 0)
            return other;

        string isOne = graph.Cast(graph.Node("Equal", [number, graph.Constant([.. known.Select(category => category.Number)], 1, known.Length)]), OnnxType.Int64);
        string found = Sum(isOne), place = Sum(graph.Multiply(isOne, graph.Constant([.. known.Select(category => category.Place)], 1, known.Length)));
        return graph.Where(graph.Cast(found, OnnxType.Boolean), place, other);

        string Sum(string values) => graph.Node("ReduceSum", [values], ("axes", new long[] { 1 }), ("keepdims", 1L));
    }

    private string Pick(int[] indices, string at) => graph.Node("Gather", [graph.Constant([.. indices.Select(index => (long)index)], indices.Length), at], ("axis", 0L));

    private static NotSupportedException Refuse(TableColumn column, string why) => new($"column '{column.Name}' {why}");
}
