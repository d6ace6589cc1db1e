using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.TestSupport;

/// <summary>Shapes of schemas, as ML.NET's own chains make and compare them.</summary>
public static class Shapes
{
    /// <summary>The shape that a chain gives to its first estimator.</summary>
    public static SchemaShape Of(IDataView data)
    {
        var probe = new Probe();
        new EstimatorChain<ITransformer>().Append(probe).Fit(data);
        return probe.Seen!;
    }

    /// <summary>The columns of a shape as texts, sorted by name, with their annotations.</summary>
    public static string[] TextsOf(SchemaShape shape) => [.. shape.Select(TextOf).Order(StringComparer.Ordinal)];

    private static string TextOf(SchemaShape.Column column)
    {
        string annotations = string.Join(", ", TextsOf(column.Annotations));
        return $"{column.Name}: {column.Kind} {column.ItemType}{(column.IsKey ? " key" : "")}{(annotations.Length > 0 ? $" {{{annotations}}}" : "")}";
    }

    private sealed class Probe : IEstimator<ITransformer>
    {
        public SchemaShape? Seen { get; private set; }

        public ITransformer Fit(IDataView input) => new Nothing();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Seen = inputSchema;
    }

    private sealed class Nothing : ITransformer
    {
        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException();

        public IDataView Transform(IDataView input) => input;
    }
}
