using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A model in a zip: the transformer in a directory of its own, the input schema beside it.</summary>
internal static class ModelArchive
{
    private const string ModelDirectory = "TransformerChain";
    private const string SchemaEntryName = "Schema";

    public static void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        var repository = new RepositoryWriter();
        WriteVersion(repository);
        ModelSaveContext.SaveModel(repository, model, ModelDirectory);
        if (inputSchema != null)
            SchemaSerialization.Write(repository.CreateEntry(null, SchemaEntryName), inputSchema);
        repository.Commit(stream);
    }

    public static ITransformer Load(IHostEnvironment env, Stream stream, out DataViewSchema inputSchema)
    {
        using var repository = new RepositoryReader(stream);
        if (!repository.HasDirectory(ModelDirectory))
        {
            throw Contracts.Except(
                "Could not load legacy format model",
                Contracts.Except($"Repository doesn't contain entry DataLoaderModel/{ModelLoadContext.ModelStreamName}"));
        }
        ModelLoadContext.LoadModel<ITransformer, SignatureLoadModel>(env, out ITransformer model, repository, ModelDirectory);
        using MemoryStream schema = repository.OpenEntryOrNull(null, SchemaEntryName);
        inputSchema = schema == null ? null : SchemaSerialization.Read(schema);
        return model;
    }

    private static void WriteVersion(RepositoryWriter repository)
    {
        var writer = new StreamWriter(repository.CreateEntry("TrainingInfo", "Version.txt"));
        writer.WriteLine(typeof(ModelArchive).Assembly.GetName().Version);
        writer.Flush();
    }
}
