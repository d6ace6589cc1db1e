extern alias Core;

using System.IO.Compression;
using System.Runtime.CompilerServices;
using Core::Microsoft.ML;
using MLExtensions.Archives.Components;

namespace MLExtensions.Pipeline.Internals;

/// <summary>
/// The entries of an archive that is being loaded, packed as they are. ML.NET unpacks an entry to a file of its own, to its end,
/// before anyone can ask how large it becomes.
/// </summary>
internal static class ArchiveEntries
{
    private static readonly ConditionalWeakTable<RepositoryReader, UnpackedBytes> s_unpacked = [];

    /// <summary>An entry of the component's folder.</summary>
    /// <param name="context">The component that is being loaded.</param>
    /// <param name="name">The name in the folder.</param>
    /// <returns>The entry, or null where there is none.</returns>
    public static ZipArchiveEntry? Find(ModelLoadContext context, string name)
    {
        // ML.NET turns slashes into the system's separator; its older archives have backslashes.
        var entries = EntriesOf(context.Repository);
        string path = Path.Combine(context.Directory ?? "", name).Replace('/', Path.DirectorySeparatorChar);
        return entries.GetValueOrDefault(path) ?? entries.GetValueOrDefault(path.Replace('/', '\\'));
    }

    /// <summary>What was unpacked of the archive that a component is read from.</summary>
    public static UnpackedBytes UnpackedOf(ModelLoadContext context) => s_unpacked.GetOrCreateValue(context.Repository);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_entries")]
    private static extern ref Dictionary<string, ZipArchiveEntry> EntriesOf(RepositoryReader repository);
}
