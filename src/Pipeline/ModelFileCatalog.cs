using MLExtensions.Pipeline;
using MLExtensions.Pipeline.Persistence;

namespace Microsoft.ML;

/// <summary>Models in files: saved so that a file is never half written, and loaded in as much memory as the application grants.</summary>
public static class ModelFileCatalog
{
    /// <summary>
    /// Saves a model as <c>ml.Model.Save</c> does, but never leaves half a file: it is written beside the path, under a name of its own that
    /// ends with <c>.tmp</c>, flushed to the disk, and renamed over what was there. If the process is killed or the disk is full, the old
    /// file is still the whole old model; an exception leaves nothing else behind, a killed process the file of its unfinished work, which
    /// a save of the same path deletes after a day.
    /// </summary>
    /// <param name="catalog">The catalog, <c>ml.Model</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The schema of the input to the model; null saves none.</param>
    /// <param name="path">The path of the file. Its folder must exist; a file that is there is replaced and keeps its permissions.</param>
    /// <exception cref="IOException">The folder is missing, the path is a folder, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void SaveSafely(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);

        ReplacedFile.Write(path, stream => catalog.Save(model, inputSchema, stream));
    }

    /// <summary>Saves a model with the loader of its data, as <c>ml.Model.Save</c> does, but never leaves half a file.</summary>
    /// <typeparam name="TSource">What the loader reads from.</typeparam>
    /// <param name="catalog">The catalog, <c>ml.Model</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="loader">The loader.</param>
    /// <param name="path">The path of the file. Its folder must exist; a file that is there is replaced and keeps its permissions.</param>
    /// <exception cref="IOException">The folder is missing, the path is a folder, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void SaveSafely<TSource>(this ModelOperationsCatalog catalog, ITransformer model, IDataLoader<TSource> loader, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loader);
        ArgumentException.ThrowIfNullOrEmpty(path);

        ReplacedFile.Write(path, stream => catalog.Save(model, loader, stream));
    }

    /// <summary>Lets the models that a context loads be larger than what is allowed by default.</summary>
    /// <param name="context">The context whose <c>Model.Load</c> is meant.</param>
    /// <param name="bytes">
    /// The bytes that the descriptions and tensors of our components in one archive may take unpacked, positive. By default 256 MiB (a
    /// description 32 MiB), or a hundred times the packed bytes where that is more: a trained network of any size is within that,
    /// and an archive that was made to unpack to far more than it is worth is refused before memory is taken.
    /// </param>
    /// <returns>The context.</returns>
    public static MLContext AllowModelBytes(this MLContext context, long bytes)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);

        context.SetOption<object>(ComponentReader.BytesOption, bytes);
        return context;
    }
}
