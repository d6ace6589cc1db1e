[assembly: LoadableComponent(typeof(TableEncodingTransformer), typeof(TableEncodingTransformer), TableEncodingTransformer.LoaderName)]

namespace MLExtensions.Transforms;

/// <summary>One vector made of columns of mixed types; see <see cref="TableEncodingEstimator"/>.</summary>
/// <remarks>Safe for use by several threads. Rows cost no garbage.</remarks>
public sealed class TableEncodingTransformer : RowToRowTransformer
{
    internal const string LoaderName = "MLExtTableEncoding";

    private readonly TableEncoder _encoder;

    internal TableEncodingTransformer(string outputColumnName, TableColumns columns, TableEncodingOptions options)
    {
        OutputColumnName = outputColumnName;
        _encoder = new(columns, options);
    }

    /// <summary>The name of the vector.</summary>
    public string OutputColumnName { get; }

    /// <summary>What was found in the columns: what each was taken for, its slots, medians and categories. Print it to see all at a glance.</summary>
    public TableColumns Columns => _encoder.Columns;

    /// <summary>The options that the columns were encoded with.</summary>
    public TableEncodingOptions Options => _encoder.Options;

    /// <inheritdoc/>
    protected override RowMapping Bind(DataViewSchema inputSchema) => new TableMapping(inputSchema, OutputColumnName, _encoder);

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) => TableArchive.Save(writer, LoaderName, new(OutputColumnName, Columns, Options));

    /// <summary>ML.NET finds it by its name.</summary>
    internal static TableEncodingTransformer Create(IHostEnvironment environment, object context)
    {
        var encoded = TableArchive.Load(environment, context, LoaderName);
        return new(encoded.OutputColumnName, encoded.Columns, encoded.Options);
    }
}
