namespace MLExtensions.Trainers.Models;

/// <summary>Adds a model's columns by the position of a row, in place of its features.</summary>
/// <param name="predictions">The predictions.</param>
/// <param name="columns">The columns for a schema.</param>
internal sealed class OutOfFoldTransformer(OutOfFoldPredictions predictions, Func<DataViewSchema, IEnumerable<PredictionColumn>> columns) : RowToRowTransformer
{
    protected override RowMapping Bind(DataViewSchema inputSchema) => new PredictionMapping([.. columns(inputSchema)], [], row => RowScorer.Of(predictions, row));

    protected override void Save(ComponentWriter writer) => throw new NotSupportedException("Out-of-fold predictions are not saved: save the model.");
}
