using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where a component saves itself: one directory of the archive, with a block of its own and further streams beside it.</summary>
public sealed class ModelSaveContext : IDisposable
{
    private const int LongestLoaderSignature = 24;

    internal readonly BinaryWriter Writer;
    internal readonly RepositoryWriter Repository;
    internal readonly string Directory;

    private readonly MemoryStream _entry;
    private ModelHeader _header;

    internal ModelSaveContext(RepositoryWriter rep, string dir)
    {
        Repository = rep;
        Directory = dir;
        _entry = rep.CreateEntry(dir, ModelLoadContext.ModelStreamName);
        Writer = new BinaryWriter(_entry);
        default(ModelHeader).Write(Writer);
    }

    public void Dispose()
    {
    }

    /// <summary>Throws if anything was written to the block already.</summary>
    internal void CheckAtModel()
    {
        Writer.Flush();
        if (_entry.Position != ModelHeader.Size)
            throw Contracts.Mark(new InvalidOperationException());
    }

    internal void SetVersionInfo(VersionInfo ver)
    {
        if (ver.LoaderSignature?.Length > LongestLoaderSignature)
            throw Contracts.Mark(new InvalidOperationException());
        _header.ModelSignature = ver.ModelSignature;
        _header.ModelVerWritten = ver.VerWrittenCur;
        _header.ModelVerReadable = ver.VerReadableCur;
        _header.LoaderSignature = ver.LoaderSignature;
        _header.LoaderAssemblyName = ver.LoaderAssemblyName;
    }

    internal void SaveBinaryStream(string name, Action<BinaryWriter> action)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        Contracts.CheckValue(action, nameof(action));
        var writer = new BinaryWriter(Repository.CreateEntry(Directory, name));
        action(writer);
        writer.Flush();
    }

    internal void SaveModel<T>(T value, string name)
        where T : class
        => SaveModel(Repository, value, RepositoryReader.PathOf(Directory, name));

    internal static void SaveModel<T>(RepositoryWriter rep, T value, string path)
        where T : class
    {
        if (value is not ICanSaveModel component)
            return;
        using var ctx = new ModelSaveContext(rep, path);
        component.Save(ctx);
        ctx.Done();
    }

    private void Done()
    {
        if (_header.ModelSignature == 0)
            throw Contracts.Except("ModelSignature not specified!");
        Writer.Flush();
        _header.BlockLength = _entry.Length - ModelHeader.Size;
        _entry.Position = _entry.Length;
        ModelHeader.WriteTail(Writer);
        Writer.Flush();
        _entry.Position = 0;
        _header.Write(Writer);
        Writer.Flush();
    }
}
