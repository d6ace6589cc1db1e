namespace MLExtensions.Trainers.Models;

/// <summary>A model bound to a schema: what it adds is computed from the scores of a row, or stands in an input column's place.</summary>
/// <param name="columns">What is added.</param>
/// <param name="inputs">The input columns that scores are computed from.</param>
/// <param name="createScorer">Makes what scores the present row.</param>
internal sealed class PredictionMapping(IReadOnlyList<PredictionColumn> columns, IReadOnlyList<DataViewSchema.Column> inputs, Func<DataViewRow, RowScorer> createScorer) : RowMapping
{
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; } = [.. columns.Select(column => column.Column)];

    public override IEnumerable<DataViewSchema.Column> DependenciesOf(int column) => columns[column] is InputColumn { Source: var source } ? [source] : inputs;

    /// <summary>Whether scores are computed faster for many rows at once.</summary>
    public bool ReadsAheadForScores { get; init; }

    public override bool ReadsAhead(int column) => ReadsAheadForScores && columns[column] is ScoreColumn;

    /// <summary>Writes the model into a graph and gives the name of its scores; null where the model is not there.</summary>
    public Func<OnnxColumns, string>? WriteScores { get; init; }

    public override bool HasOnnx => WriteScores is not null;

    public override void WriteOnnx(OnnxColumns target)
    {
        var scores = new OnnxScores(target.Graph, WriteScores!(target));
        foreach (var (index, column) in columns.Index())
        {
            target.Set(index, column is InputColumn input
                ? input.WriteOnnx(target.Graph, target.ValueOf(input.Source))
                : ((ScoreColumn)column).WriteOnnx(scores));
        }
    }

    public override Delegate?[] CreateGetters(DataViewRow input, IReadOnlyList<bool> active)
    {
        RowScorer? scorer = null;
        return [.. columns.Select((column, index) => !active[index] ? null : column switch
        {
            InputColumn inputColumn => inputColumn.CreateGetter(input),
            ScoreColumn scoreColumn => scoreColumn.CreateGetter(scorer ??= createScorer(input)),
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
internal sealed record ScoreColumn(DataViewSchema.DetachedColumn Column, Func<RowScorer, Delegate> CreateGetter) : PredictionColumn(Column)
{
    /// <summary>Writes the column's values by the scores in a graph.</summary>
    public Func<OnnxScores, string> WriteOnnx { get; init; } = _ => throw new NotSupportedException($"column '{Column.Name}' has no form in ONNX");

    /// <summary>Whether it needs more than the scores of the row: those of each member.</summary>
    public bool IsOfMembers { get; init; }
}

/// <summary>A column that gives an input column in another form.</summary>
/// <param name="Column">Its name, type and annotations.</param>
/// <param name="Source">The input column.</param>
/// <param name="CreateGetter">Makes its getter from the present row.</param>
internal sealed record InputColumn(DataViewSchema.DetachedColumn Column, DataViewSchema.Column Source, Func<DataViewRow, Delegate> CreateGetter) : PredictionColumn(Column)
{
    /// <summary>Writes the column's values by those of the input column, whose name it is given.</summary>
    public required Func<OnnxGraph, string, string> WriteOnnx { get; init; }
}
