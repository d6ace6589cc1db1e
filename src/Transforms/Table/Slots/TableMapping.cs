namespace MLExtensions.Transforms.Table.Slots;

/// <summary>An encoded table bound to an input schema.</summary>
internal sealed class TableMapping : RowMapping
{
    private readonly TableEncoder _encoder;
    private readonly DataViewSchema.Column[] _inputs;

    public TableMapping(DataViewSchema inputSchema, string outputColumnName, TableEncoder encoder)
    {
        _encoder = encoder;
        _inputs = [.. encoder.Columns.Select(column => Find(inputSchema, column))];
        Columns = [new(outputColumnName, new VectorDataViewType(NumberDataViewType.Single, encoder.Columns.SlotCount),
            SlotDescriptions.Of(encoder.Columns, encoder.Options.CategoryEncoding))];
    }

    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; }

    public override IEnumerable<DataViewSchema.Column> DependenciesOf(int column) => _inputs;

    public override bool HasOnnx => true;

    public override void WriteOnnx(OnnxColumns columns)
    {
        var graph = new TableOnnx(columns.Graph, _encoder.Options);
        columns.Set(0, columns.Graph.Concatenate([.. _encoder.Columns.Zip(_inputs, (fitted, input) => graph.Write(fitted, input, columns.ValueOf(input)))]));
    }

    public override Delegate?[] CreateGetters(DataViewRow input, IReadOnlyList<bool> active) => [active[0] ? Getter(input) : null];

    private ValueGetter<VBuffer<float>> Getter(DataViewRow input)
    {
        var cells = Array.ConvertAll(_inputs, column => ColumnCells.Of(input, column, _encoder.Options.MissingTexts));
        int slots = _encoder.Columns.SlotCount;
        return (ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, slots);
            _encoder.Write(cells, editor.Values);
            value = editor.Commit();
        };
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, TableColumn fitted)
    {
        var column = TableTypes.RequireNumbers(SchemaChecks.Require(schema, "input", fitted.Name, fitted.Type.ToString()!, type => TableTypes.AreAlike(fitted.Type, type)));
        if (fitted.Type is KeyDataViewType && fitted.HasKeyValues != KeyCells.HasTexts(column))
            throw SchemaChecks.Mismatch("input", column.Name, KeyInWords(fitted.HasKeyValues), KeyInWords(!fitted.HasKeyValues), "Make keys the way that those of training were made.");
        fitted.Names?.Require(column, "input", "the encoder");
        return column;
    }

    private static string KeyInWords(bool hasValues) => hasValues ? "a key with its values (annotation KeyValues)" : "a key without values";
}
