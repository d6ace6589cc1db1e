namespace MLExtensions.Trainers.Models;

/// <summary>
/// The label as ML.NET's evaluators take it. They know keys, numbers and Boolean values, and read classes from them by their order. Where
/// the label of scored rows is of another type, or has its classes in another order than the model, a column of the same name takes its
/// place behind the model: a key of the model's classes (several), or a <c>Single</c> (two, and regression). Rows without label column are scored as they are.
/// </summary>
internal static class EvaluatedLabel
{
    /// <summary>The column that takes the label's place; null where there is no label, or the evaluators read it as it is.</summary>
    /// <param name="schema">The schema of the rows to score.</param>
    /// <param name="classes">The model's classes.</param>
    /// <param name="isRead">Whether an evaluator reads classes of these values as they are; null where it never does.</param>
    public static PredictionColumn? OfClasses(DataViewSchema schema, ClassLabels classes, Func<LabelValues, bool>? isRead = null)
    {
        if (classes.Column is not { } name || schema.GetColumnOrNull(name) is not { } column)
            return null;

        if (column.Type is KeyDataViewType key)
        {
            return ClassesOfKeys(column, key, classes) is { } map && !(map.Length == classes.Count && map.Index().All(item => item.Item == item.Index))
                ? Replace(column, classes, row => KeyGetter(row, column, map), (graph, value) => OnnxLabels.WriteKey(graph, map, value))
                : null;
        }
        if (classes.Values is not { } values || LabelType.Find(column.Type) != values.LabelType || isRead?.Invoke(values) == true)
            return null;
        return Replace(column, classes, row => values.LabelType.IndexOf(values.Texts).CreateKeyGetter(row, column), (graph, value) => OnnxLabels.WriteKey(graph, values, value));
    }

    /// <summary>
    /// The same for two classes, as numbers: 1 for the positive class, 0 for the other, NaN for a label that is missing or unknown. ML.NET's
    /// table of confusions gives the positive row first and names the rows in the order of the keys, so that keys would be named wrongly.
    /// </summary>
    public static PredictionColumn? OfTwoClasses(DataViewSchema schema, ClassLabels classes, Func<LabelValues, bool> isRead) =>
        OfClasses(schema, classes, isRead) is InputColumn { Source: var source, CreateGetter: var createGetter, WriteOnnx: var writeKey }
            ? new InputColumn(new(source.Name, NumberDataViewType.Single), source, row => OfKey((ValueGetter<uint>)createGetter(row)))
            {
                WriteOnnx = (graph, value) => OnnxLabels.WriteNumber(graph, writeKey(graph, value)),
            }
            : null;

    /// <summary>A label of numbers as <c>Single</c>; null where there is no label, or it is one.</summary>
    public static PredictionColumn? OfNumbers(DataViewSchema schema, string? name) =>
        name is not null && schema.GetColumnOrNull(name) is { } column && !column.Type.Equals(NumberDataViewType.Single) && LabelReaders.IsNumber(column.Type)
            ? new InputColumn(new(name, NumberDataViewType.Single), column, row => SingleGetter(row, column)) { WriteOnnx = (graph, value) => graph.Cast(value, OnnxType.Single) }
            : null;

    private static InputColumn Replace(DataViewSchema.Column column, ClassLabels classes, Func<DataViewRow, Delegate> createGetter, Func<OnnxGraph, string, string> writeOnnx)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        classes.Values?.AddKeyValues(annotations, AnnotationNames.KeyValues);
        return new(new(column.Name, new KeyDataViewType(typeof(uint), classes.Count), annotations.ToAnnotations()), column, createGetter) { WriteOnnx = writeOnnx };
    }

    // The class of each key, -1 where it is none; null where nothing tells.
    private static int[]? ClassesOfKeys(DataViewSchema.Column column, KeyDataViewType key, ClassLabels classes)
    {
        if (key.Count > LabelIndex.MaximumClasses)
            return null;
        if (classes.Values is { } values)
        {
            var places = new Dictionary<string, int>();
            foreach (var (index, text) in values.Texts.Index())
                places.TryAdd(text, index);
            return LabelValues.Read(column) is { } found ? [.. found.Texts.Select(text => places.GetValueOrDefault(text, -1))] : null;
        }
        return (int)key.Count != classes.Count ? null : classes.IsReversed
            ? [.. Enumerable.Range(0, classes.Count).Reverse()]
            : [.. Enumerable.Range(0, classes.Count)];
    }

    private static ValueGetter<uint> KeyGetter(DataViewRow row, DataViewSchema.Column column, int[] map)
    {
        var read = LabelReaders.Key(row, column);
        float[] code = new float[1];
        return (ref uint key) =>
        {
            read(code);
            key = float.IsNaN(code[0]) || (int)code[0] >= map.Length ? 0 : (uint)(map[(int)code[0]] + 1);
        };
    }

    private static ValueGetter<float> OfKey(ValueGetter<uint> getter)
    {
        uint key = 0;
        return (ref float value) =>
        {
            getter(ref key);
            value = key == 0 ? float.NaN : key - 1;
        };
    }

    private static ValueGetter<float> SingleGetter(DataViewRow row, DataViewSchema.Column column)
    {
        var read = LabelReaders.Number(row, column);
        float[] number = new float[1];
        return (ref float value) =>
        {
            read(number);
            value = number[0];
        };
    }
}
