using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

internal sealed class ModelLoadContext : IDisposable
{
    public const string ModelStreamName = "Model.key";

    public readonly BinaryReader Reader;
    public readonly RepositoryReader Repository;
    public readonly string Directory;

    private readonly long _blockStart;
    private readonly ModelHeader _header;

    internal ModelLoadContext(RepositoryReader rep, Stream entry, string dir)
    {
        Repository = rep;
        Directory = dir;
        Reader = new BinaryReader(entry);
        _header = ModelHeader.Read(Reader);
        _blockStart = entry.Position;
    }

    public void Dispose() => Reader.Dispose();

    public void CheckAtModel()
    {
        if (Reader.BaseStream.Position != _blockStart)
            throw Contracts.Mark(new InvalidOperationException());
    }

    public void CheckAtModel(VersionInfo ver)
    {
        CheckAtModel();
        _header.CheckVersionInfo(ver);
    }

    public bool TryLoadBinaryStream(string name, Action<BinaryReader> action)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        Contracts.CheckValue(action, nameof(action));
        using MemoryStream entry = Repository.OpenEntryOrNull(Directory, name);
        if (entry == null)
            return false;
        using var reader = new BinaryReader(entry);
        action(reader);
        return true;
    }

    public void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, string name)
        where TRes : class
        => LoadModel<TRes, TSig>(env, out result, Repository, RepositoryReader.PathOf(Directory, name));

    public static void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, RepositoryReader rep, string dir)
        where TRes : class
    {
        using MemoryStream entry = rep.OpenEntryOrNull(dir, ModelStreamName);
        Contracts.CheckDecode(entry != null, "Corrupt model file");
        using var ctx = new ModelLoadContext(rep, entry, dir);
        result = ctx.CreateComponent<TRes, TSig>(env);
        ctx.CheckAtEnd();
    }

    private TRes CreateComponent<TRes, TSig>(IHostEnvironment env)
        where TRes : class
    {
        if (!string.IsNullOrEmpty(_header.LoaderAssemblyName))
            env.ComponentCatalog.RegisterAssembly(Assembly.Load(_header.LoaderAssemblyName));
        LoadableClass loadable = env.ComponentCatalog.Find(typeof(TSig), _header.LoaderSignature);
        return loadable?.Create(env, this) as TRes
            ?? throw Contracts.ExceptDecode($"Couldn't load model: '{Directory}'");
    }

    /// <summary>A component that leaves part of its block unread has read something else than was written.</summary>
    private void CheckAtEnd()
        => Contracts.CheckDecode(Reader.BaseStream.Position == _blockStart + _header.BlockLength);
}
