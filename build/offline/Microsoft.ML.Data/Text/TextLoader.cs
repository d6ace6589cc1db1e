using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Loads delimited text files, row by row as they are asked for.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly Options _options;
    private readonly DataViewSchema _schema;
    private readonly TextColumn[] _columns;

    /// <param name="options">The format, with its columns.</param>
    /// <param name="dataSample">Where to find the header for the names of slots, and the number of fields; may be null.</param>
    internal TextLoader(Options options, IMultiStreamSource dataSample)
    {
        Contracts.CheckValue(options, nameof(options));
        if (options.AllowSparse)
            throw new NotSupportedException("The sparse text format is not part of the offline build");
        _options = options;
        string[] header = dataSample != null && options.HasHeader ? ReadHeaderOrNull(dataSample) : null;
        int? fieldCount = dataSample == null ? null : CountFields(dataSample);
        _columns = (options.Columns ?? []).Select(c => new TextColumn(c, fieldCount)).ToArray();
        var builder = new DataViewSchema.Builder();
        foreach (TextColumn column in _columns)
            builder.AddColumn(column.Name, column.Type, column.MakeAnnotations(header));
        _schema = builder.ToSchema();
    }

    public DataViewSchema GetOutputSchema() => _schema;

    public IDataView Load(IMultiStreamSource source) => new TextView(_schema, _columns, _options, source);

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("Saving loaders is not part of the offline build");

    private string[] ReadHeaderOrNull(IMultiStreamSource source)
    {
        string line = new TextLines(source, _options).ReadHeaderOrNull();
        return line == null ? null : new FieldSplitter(_options).Split(line).Select(f => f.Trim()).ToArray();
    }

    private int? CountFields(IMultiStreamSource source)
    {
        var splitter = new FieldSplitter(_options);
        int[] counts = new TextLines(source, _options).Take(100).Select(l => splitter.Split(l.Text).Count).ToArray();
        return counts.Length == 0 ? null : counts.Max();
    }
}
