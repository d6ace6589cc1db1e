using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Trainers.Engine;

namespace MLExtensions.Trainers.Reading;

/// <summary>
/// Reads the columns of a training into dense arrays, in one pass over each view with one cursor, and refuses rows that no
/// training could use.
/// </summary>
internal sealed class DataBlockReader
{
    private readonly int _featureCount;
    private readonly int _targetCount;
    private readonly bool _weighted;
    private float[] _features = [];
    private float[] _targets = [];
    private float[] _weights = [];

    private DataBlockReader(TrainingColumns columns)
    {
        _featureCount = columns.FeatureCount;
        _targetCount = columns.Label.TargetCount;
        _weighted = columns.Weight is not null;
    }

    private int Rows { get; set; }

    /// <summary>Reads a training view and, behind its rows, those of a validation view.</summary>
    /// <returns>All rows, and how many of them are the training view's.</returns>
    public static (DataBlock Data, int TrainingRows) Read(IDataView training, TrainingColumns columns,
        IDataView? validation, TrainingColumns? validationColumns, Func<bool> isCanceled)
    {
        var reader = new DataBlockReader(columns);
        reader.Append(training, columns, "training", isCanceled);
        int trainingRows = reader.Rows;
        if (validation is not null)
            reader.Append(validation, validationColumns!, "validation", isCanceled);
        reader.Resize(reader.Rows);
        return (new DataBlock(reader.Rows, reader._featureCount, reader._targetCount, reader._features, reader._targets,
            reader._weighted ? reader._weights : null), trainingRows);
    }

    private void Append(IDataView view, TrainingColumns columns, string role, Func<bool> isCanceled)
    {
        int before = Rows;
        Reserve(before + (view.GetRowCount() ?? 0));
        using var cursor = view.GetRowCursor(columns.All);
        var featureGetter = cursor.GetGetter<VBuffer<float>>(columns.Features);
        var readLabel = columns.Label.CreateReader(cursor);
        var weightGetter = columns.Weight is { } weight ? cursor.GetGetter<float>(weight) : null;
        VBuffer<float> features = default;
        while (cursor.MoveNext() && !isCanceled())
        {
            if (Rows == Capacity)
                Reserve(Math.Max(1024L, 2L * Rows));

            featureGetter(ref features);
            var row = _features.AsSpan(Rows * _featureCount, _featureCount);
            features.CopyTo(row);
            RowChecks.RequireFinite(row, columns.Features, cursor.Position);

            var label = _targets.AsSpan(Rows * _targetCount, _targetCount);
            readLabel(label);
            RowChecks.RequireLabel(label, columns.Label, cursor.Position);

            if (weightGetter is not null)
            {
                weightGetter(ref _weights[Rows]);
                RowChecks.RequireWeight(_weights[Rows], columns.Weight!.Value, cursor.Position);
            }
            Rows++;
        }
        if (Rows == before && !isCanceled())
            throw new InvalidOperationException($"The {role} data has no rows.");
    }

    private int Capacity => _targets.Length / _targetCount;

    private void Reserve(long rows)
    {
        if (rows <= Capacity)
            return;

        long most = Array.MaxLength / Math.Max(_featureCount, _targetCount);
        if (Rows >= most)
        {
            throw new InvalidOperationException(
                $"The data has more than {most:N0} rows of {_featureCount} features, the most that one array of Single holds. Train on a sample.");
        }
        Resize((int)Math.Min(rows, most));
    }

    private void Resize(int capacity)
    {
        Array.Resize(ref _features, capacity * _featureCount);
        Array.Resize(ref _targets, capacity * _targetCount);
        if (_weighted)
            Array.Resize(ref _weights, capacity);
    }
}
