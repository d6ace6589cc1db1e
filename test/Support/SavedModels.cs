using Microsoft.ML;

namespace MLExtensions.TestSupport;

/// <summary>Saves models and loads them as an application would: by a new context that was told nothing.</summary>
public static class SavedModels
{
    public static ITransformer ThroughFile(ITransformer model, DataViewSchema? schema)
    {
        using var folder = new TestFolder();
        string path = folder.File("model.zip");
        new MLContext().Model.Save(model, schema, path);
        return new MLContext().Model.Load(path, out _);
    }

    public static ITransformer ThroughStream(ITransformer model, DataViewSchema? schema) => FromBytes(ToBytes(model, schema));

    public static byte[] ToBytes(ITransformer model, DataViewSchema? schema)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, schema, stream);
        return stream.ToArray();
    }

    public static ITransformer FromBytes(byte[] archive) => new MLContext().Model.Load(new MemoryStream(archive), out _);
}
