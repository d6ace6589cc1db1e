using System.Globalization;

namespace MLExtensions.Tool.Predictions;

/// <summary>The columns of predictions in a file: the likeliest value and its probability, or a number.</summary>
internal sealed class PredictionColumns
{
    private const int MostClasses = 50;

    private readonly ToolModel _model;
    private readonly bool _hasClasses;

    /// <param name="model">The model.</param>
    /// <param name="taken">Names that are in the file already.</param>
    public PredictionColumns(ToolModel model, IEnumerable<string> taken)
    {
        _model = model;
        _hasClasses = model.Table.Task == TableTask.Multiclass && model.Classes.Count <= MostClasses;
        string label = model.Table.Label;
        string[] names = model.Table.Task switch
        {
            TableTask.Binary => [$"{label}_predicted", $"{label}_probability_{model.PositiveLabel}"],
            TableTask.Multiclass => [$"{label}_predicted", .. _hasClasses ? model.Classes.Select(name => $"{label}_probability_{name}") : [$"{label}_probability"]],
            _ => [$"{label}_predicted"],
        };
        var all = taken.ToHashSet();
        Names = [.. names.Select(name => Free(name, all))];
    }

    /// <summary>Their names, none of which is in the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The columns of the model that are read.</summary>
    public IEnumerable<string> Sources => _model.Table.Task switch
    {
        TableTask.Binary => ["PredictedLabel", "Probability"],
        TableTask.Multiclass => ["PredictedLabel", "Score"],
        _ => ["Score"],
    };

    /// <summary>Begins to read predictions.</summary>
    /// <param name="cursor">The scored rows.</param>
    /// <returns>Writes those of the row at hand.</returns>
    public Action<CsvWriter> WriterOf(DataViewRowCursor cursor)
    {
        if (_model.Table.Task == TableTask.Regression)
        {
            var score = cursor.GetGetter<float>(cursor.Schema["Score"]);
            return writer => writer.Write(Number(score));
        }
        var label = LabelOf(cursor);
        if (_model.Table.Task == TableTask.Binary)
        {
            var probability = cursor.GetGetter<float>(cursor.Schema["Probability"]);
            return writer =>
            {
                writer.Write(label());
                writer.Write(Number(probability));
            };
        }
        var scores = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Score"]);
        VBuffer<float> values = default;
        return writer =>
        {
            writer.Write(label());
            scores(ref values);
            if (!_hasClasses)
                writer.Write(Text(values.Items().Max(item => item.Value)));
            else
                foreach (float value in values.DenseValues())
                    writer.Write(Text(value));
        };
    }

    // Ours are texts; a model of an application may have another type of label.
    private static Func<string> LabelOf(DataViewRowCursor cursor)
    {
        var column = cursor.Schema["PredictedLabel"];
        switch (column.Type)
        {
            case TextDataViewType:
                var text = cursor.GetGetter<ReadOnlyMemory<char>>(column);
                return () => Value(text).ToString();
            case BooleanDataViewType:
                var truth = cursor.GetGetter<bool>(column);
                return () => Value(truth) ? "true" : "false";
            case NumberDataViewType type when type == NumberDataViewType.Single:
                var number = cursor.GetGetter<float>(column);
                return () => Text(Value(number));
            default:
                throw new ToolException($"The model predicts labels of type {column.Type}: expected String, Boolean or Single. Predict in C# with ml.Model.Load.");
        }
    }

    private static T Value<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
        return value;
    }

    private static string Number(ValueGetter<float> getter) => Text(Value(getter));

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Free(string name, HashSet<string> taken)
    {
        string free = name;
        for (int number = 2; !taken.Add(free); number++)
            free = Invariant($"{name}_{number}");
        return free;
    }
}
