// The part of Microsoft.ML.Core's internals that a component needs to live in a model archive: names and signatures only,
// seen by the compiler alone (see Stub.targets). InternalsStubTests holds every member against the loaded Microsoft.ML.
using System;
using System.IO;
using System.Reflection;
using Microsoft.ML.Runtime;

[assembly: AssemblyVersion("0.0.0.0")]

namespace Microsoft.ML
{
    public readonly struct VersionInfo
    {
        public VersionInfo(string modelSignature, uint verWrittenCur, uint verReadableCur, uint verWeCanReadBack,
            string loaderAssemblyName, string loaderSignature = null, string loaderSignatureAlt = null) => throw null;
    }

    public sealed class ModelSaveContext
    {
        public readonly BinaryWriter Writer;

        private ModelSaveContext() => throw null;

        public void CheckAtModel() => throw null;

        public void SetVersionInfo(VersionInfo ver) => throw null;

        public void SaveBinaryStream(string name, Action<BinaryWriter> action) => throw null;
    }

    public sealed class ModelLoadContext
    {
        public readonly RepositoryReader Repository;

        public readonly string Directory;

        public readonly BinaryReader Reader;

        private ModelLoadContext() => throw null;

        public void CheckAtModel(VersionInfo ver) => throw null;

        public bool TryLoadBinaryStream(string name, Action<BinaryReader> action) => throw null;
    }

    public abstract class Repository : IDisposable
    {
        internal Repository(bool needDir, IExceptionContext ectx) => throw null;

        public void Dispose() => throw null;
    }

    // Its field _entries is read by UnsafeAccessor; see ArchiveEntries.
    public sealed class RepositoryReader : Repository
    {
        private RepositoryReader()
            : base(false, null) => throw null;

        public static RepositoryReader Open(Stream stream, IExceptionContext ectx = null, bool useFileSystem = true) => throw null;
    }

    public struct ModelHeader
    {
        public uint VerWritten;

        public uint VerReadable;

        public static void BeginWrite(BinaryWriter writer, out long fpMin, out ModelHeader header) => throw null;
    }

    public delegate void SignatureLoadModel(ModelLoadContext ctx);

    public abstract class LoadableClassAttributeBase : Attribute
    {
        protected LoadableClassAttributeBase(string summary, Type instType, Type loaderType, Type argType, Type[] sigTypes,
            string userName, params string[] loadNames) => throw null;
    }
}

namespace Microsoft.ML.Runtime
{
    public interface IHostEnvironmentInternal
    {
        int? Seed { get; }

        int? GpuDeviceId { get; set; }

        bool FallbackToCpu { get; set; }

        bool TryGetOption<T>(string name, out T value);
    }

    public interface ICancelable
    {
        bool IsCanceled { get; }
    }
}
