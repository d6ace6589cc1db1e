namespace MLExtensions.Networks;

/// <summary>
/// How much memory the rows of a training may take. Rows that fit stay in memory, and nothing is written. Else their features go to a file, of which two windows are
/// in memory at a time: one that is trained on, and the next, which is read in the background. A window is blocks drawn at random from all over the rows, anew in
/// each epoch, and its rows come in a random order: where one window has them all, the order is that of rows in memory, and so is the result, bit for bit.
/// </summary>
/// <remarks>
/// <para>
/// The file is locked, and deleted when the training has ended. A process that is killed leaves it, and the next training that names the folder removes it. Each block
/// has a checksum, which is held against it whenever it is read.
/// </para>
/// <para>
/// Labels, weights and the order of the rows stay in memory, and count. Means and deviations of <see cref="InputScaling"/> are of all training rows, read once in ascending
/// order; quantiles, in memory as on disk, of at most 65,536 of them, evenly spread.
/// </para>
/// </remarks>
public sealed record RowMemoryOptions
{
    // Linux's folder of temporary files that are large, and stay.
    private const string OnDisk = "/var/tmp";

    /// <summary>
    /// The most bytes that rows may take in memory, at least 65,536; 1 GiB by default. Features, labels, weights and the order of the rows count, whether they are in memory or in
    /// windows; what else a process needs (the runtime, the network, what the view itself caches) does not. The larger it is, the nearer is the order of rows to one that is random throughout.
    /// </summary>
    public long MaximumBytes { get; init; } = 1L << 30;

    /// <summary>
    /// The folder of the file; made where there is none. Null, the default, for the system's folder of temporary files, or, where Linux has that in memory, <c>/var/tmp</c>.
    /// A disk without moving parts is best.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The folder, with the default in its place.</summary>
    internal string FolderOrDefault => Path.GetFullPath(Folder ?? (IsInMemory(Path.GetTempPath()) && Directory.Exists(OnDisk) ? OnDisk : Path.GetTempPath()));

    internal IEnumerable<string> Validate() => Failures(
        MaximumBytes < 1 << 16 ? Invariant($"MaximumBytes must be at least {1 << 16}, got {MaximumBytes}") : null,
        Folder is not null && string.IsNullOrWhiteSpace(Folder) ? "Folder must be null or the path of a folder, got an empty text" : null).Select(message => $"RowMemory.{message}");

    private static bool IsInMemory(string folder)
    {
        try
        {
            return OperatingSystem.IsLinux() && new DriveInfo(folder) is { DriveFormat: "tmpfs" or "ramfs" };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
