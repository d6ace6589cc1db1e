using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(ColumnSelectingTransformer), null, typeof(SignatureLoadModel), "Select Columns", ColumnSelectingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class ColumnSelectingTransformer : ITransformer
{
    internal const string LoaderSignature = "SelectColumnsTransform";

    private static readonly VersionInfo s_version = ComponentVersion.Make("SELCOLST", LoaderSignature);

    private readonly string[] _columnNames;
    private readonly bool _drop;
    private readonly bool _keepHidden;

    internal ColumnSelectingTransformer(string[] columnNames, bool drop, bool keepHidden)
    {
        _columnNames = columnNames;
        _drop = drop;
        _keepHidden = keepHidden;
    }

    bool ITransformer.IsRowToRowMapper => true;

    private static ColumnSelectingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(s_version);
        bool drop = ctx.Reader.ReadBoolean();
        bool keepHidden = ctx.Reader.ReadBoolean();
        var names = new string[ctx.Reader.ReadInt32()];
        for (int i = 0; i < names.Length; i++)
            names[i] = ctx.Reader.ReadString();
        return new ColumnSelectingTransformer(names, drop, keepHidden);
    }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return Bind(inputSchema).OutputSchema;
    }

    public IDataView Transform(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new SelectedView(input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(s_version);
        ctx.Writer.Write(_drop);
        ctx.Writer.Write(_keepHidden);
        ctx.Writer.Write(_columnNames.Length);
        foreach (string name in _columnNames)
            ctx.Writer.Write(name);
    }

    private SelectionMapping Bind(DataViewSchema input)
    {
        string[] missing = _columnNames.Where(name => input.GetColumnOrNull(name) == null).ToArray();
        if (missing.Length > 0)
            input.FindInput(missing[0]);
        IEnumerable<DataViewSchema.Column> kept = _drop
            ? input.Where(c => !_columnNames.Contains(c.Name) && (_keepHidden || !c.IsHidden))
            : _columnNames.SelectMany(name => input.Where(c => c.Name == name && (_keepHidden || !c.IsHidden)));
        return new SelectionMapping(input, kept.Select(c => c.Index).ToArray());
    }
}
