extern alias Data;

using Data::Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML;
using MLExtensions.Pipeline.Onnx;
using MLExtensions.Pipeline.ReadAhead;

namespace MLExtensions.Pipeline.Mapping;

/// <summary>A view with columns added to another view's, computed when a cursor asks for them.</summary>
/// <param name="input">The other view.</param>
/// <param name="mapping">What is added.</param>
/// <param name="component">The name of the transformer, for messages.</param>
internal sealed class MappedDataView(IDataView input, BoundMapping mapping, string component) : ITransformCanSaveOnnx
{
    // The first that all operations are of, and the last that ML.NET writes.
    private const int OperatorSet = 12;

    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => mapping.OutputSchema;

    public IDataView Source => input;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, System.Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        var inputs = mapping.InputsOf(columns).ToArray();
        return Map(input.GetRowCursor(inputs, rand), inputs, columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, System.Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        var inputs = mapping.InputsOf(columns).ToArray();
        return Array.ConvertAll(input.GetRowCursorSet(inputs, n, rand), cursor => Map(cursor, inputs, columns));
    }

    /// <summary>Asked by ConvertToOnnx, which leaves out whatever says no, and all before it, with no more than a warning.</summary>
    /// <exception cref="NotSupportedException">The mapping has no ONNX form.</exception>
    public bool CanSaveOnnx(OnnxContext ctx) => mapping.Mapping.HasOnnx ? true : throw RefuseOnnx("it has no form in ONNX");

    public void SaveAsOnnx(OnnxContext ctx)
    {
        ctx.CheckOpSetVersion(OperatorSet, component);
        var graph = new ContextGraph(ctx);
        var columns = new OnnxColumns(graph, name => ctx.ContainsColumn(name) ? ctx.GetVariableName(name) : throw RefuseOnnx($"column '{name}', which it reads, is not among those that are exported"));
        try
        {
            mapping.Mapping.WriteOnnx(columns);
        }
        catch (NotSupportedException exception)
        {
            throw RefuseOnnx(exception.Message.TrimEnd('.'));
        }

        // After all are read: an added column may have the name of one that it is made of.
        foreach (var (index, value) in columns.Values)
            graph.Set(mapping.OutputSchema[mapping.InputSchema.Count + index], value);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException($"A view is not saved: save the {component} that made it, with ml.Model.Save.");

    // Rows that nobody has counted may not be there yet, such as those of a queue, whose next row waits for the score of this one.
    private MappedCursor Map(DataViewRowCursor cursor, DataViewSchema.Column[] inputs, DataViewSchema.Column[] columns) =>
        new(input.GetRowCount() is not null && mapping.ReadsAhead(columns) ? ReadAheadCursor.Over(cursor, inputs) : cursor, mapping, columns);

    private NotSupportedException RefuseOnnx(string reason) => new(
        $"{component}, which makes {string.Join(", ", mapping.Mapping.Columns.Select(column => $"'{column.Name}'"))}, cannot be exported to ONNX: {reason}. " +
        "Export a pipeline without it, or save this one with ml.Model.Save.");
}
