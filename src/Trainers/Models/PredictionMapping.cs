namespace MLExtensions.Trainers.Models;

/// <summary>A model bound to a schema: all its columns are computed from the feature column.</summary>
internal sealed class PredictionMapping(DeepMlpModelParameters model, DataViewSchema.Column features, IReadOnlyList<PredictionColumn> columns) : RowMapping
{
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; } = [.. columns.Select(column => column.Column)];

    public override IEnumerable<DataViewSchema.Column> DependenciesOf(int column) => [features];

    public override Delegate?[] CreateGetters(DataViewRow input, IReadOnlyList<bool> active)
    {
        if (!active.Contains(true))
            return new Delegate?[columns.Count];

        var scorer = new RowScorer(model, input, features);
        return [.. columns.Select((column, index) => active[index] ? column.CreateGetter(scorer) : null)];
    }
}

/// <summary>A column that a model adds: its name, type and annotations, and how its getter is made from a row's scores.</summary>
internal sealed record PredictionColumn(DataViewSchema.DetachedColumn Column, Func<RowScorer, Delegate> CreateGetter);
