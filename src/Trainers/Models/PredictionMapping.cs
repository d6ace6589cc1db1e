namespace MLExtensions.Trainers.Models;

/// <summary>A model bound to a schema: what it adds is computed from the feature column, or stands in an input column's place.</summary>
internal sealed class PredictionMapping(DeepMlpModelParameters model, DataViewSchema.Column features, IReadOnlyList<PredictionColumn> columns) : RowMapping
{
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; } = [.. columns.Select(column => column.Column)];

    public override IEnumerable<DataViewSchema.Column> DependenciesOf(int column) => [columns[column] is InputColumn { Source: var source } ? source : features];

    public override Delegate?[] CreateGetters(DataViewRow input, IReadOnlyList<bool> active)
    {
        RowScorer? scorer = null;
        return [.. columns.Select((column, index) => !active[index] ? null : column switch
        {
            InputColumn inputColumn => inputColumn.CreateGetter(input),
            ScoreColumn scoreColumn => scoreColumn.CreateGetter(scorer ??= new RowScorer(model, input, features)),
            _ => null,
        })];
    }
}

/// <summary>A column that a model adds.</summary>
/// <param name="Column">Its name, type and annotations.</param>
internal abstract record PredictionColumn(DataViewSchema.DetachedColumn Column);

/// <summary>A column of scores, or of what follows from them.</summary>
/// <param name="Column">Its name, type and annotations.</param>
/// <param name="CreateGetter">Makes its getter from the scores of the present row.</param>
internal sealed record ScoreColumn(DataViewSchema.DetachedColumn Column, Func<RowScorer, Delegate> CreateGetter) : PredictionColumn(Column);

/// <summary>A column that gives an input column in another form.</summary>
/// <param name="Column">Its name, type and annotations.</param>
/// <param name="Source">The input column.</param>
/// <param name="CreateGetter">Makes its getter from the present row.</param>
internal sealed record InputColumn(DataViewSchema.DetachedColumn Column, DataViewSchema.Column Source, Func<DataViewRow, Delegate> CreateGetter) : PredictionColumn(Column);
