namespace MLExtensions.Networks;

/// <summary>
/// How much memory the rows of a training may take. Rows that fit stay in memory, and nothing is written. Else their features go to a file, of which two windows are
/// in memory at a time: one that is trained on, and the next, which is read in the background. A window is blocks drawn at random from all over the rows, anew in
/// each epoch, and its rows come in a random order: where one window has them all, the order is that of rows in memory, and so is the result, bit for bit.
/// </summary>
/// <remarks>
/// <para>
/// The file is locked, and deleted when the training has ended, unless it is kept (<see cref="KeepAs"/>). A process that is killed leaves it, and the next training that names the folder removes it. Each block
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

    /// <summary>
    /// The file in which features are kept for trainings to come; none by default. Where there is no such file, the training writes it, whether rows fit into memory or not, beside it and
    /// then under its name, so that it is never there by half. Where there is one, features are read from it, and the data gives labels, weights, groups and times alone: steps before the trainer
    /// that make features alone are not run again. It is never deleted, and several trainings may read it at a time.
    /// </summary>
    /// <remarks>
    /// A file of other rows is refused, and the error says what differs: the feature column and its slots, the number of rows, the features of the first 256 rows of the training and of the validation data,
    /// and, of the same label column, all labels. Rows that come in another order, or whose features differ further on, can only be told apart by their labels: delete the file where steps before the
    /// trainer, or the data, have changed.
    /// </remarks>
    public string? KeepAs { get; init; }

    /// <summary>The whole path of <see cref="KeepAs"/>; null where there is none.</summary>
    internal string? KeptPath => KeepAs is null ? null : Path.GetFullPath(KeepAs);

    /// <summary>The folder that a file is written in: a kept one gets its name there.</summary>
    internal string FolderOfFile => KeptPath is { } path ? Path.GetDirectoryName(path)! : FolderOrDefault;

    /// <summary>The folder, with the default in its place.</summary>
    internal string FolderOrDefault => Path.GetFullPath(Folder ?? (IsInMemory(Path.GetTempPath()) && Directory.Exists(OnDisk) ? OnDisk : Path.GetTempPath()));

    internal IEnumerable<string> Validate() => Failures(
        MaximumBytes < 1 << 16 ? Invariant($"MaximumBytes must be at least {1 << 16}, got {MaximumBytes}") : null,
        Folder is not null && string.IsNullOrWhiteSpace(Folder) ? "Folder must be null or the path of a folder, got an empty text" : null,
        KeepAs is not null && (string.IsNullOrWhiteSpace(KeepAs) || Path.GetFileName(KeepAs).Length == 0) ? $"KeepAs must be null or the path of a file, got '{KeepAs}'" : null,
        Path.GetFileName(KeepAs)?.Length > 0 && Directory.Exists(KeepAs) ? $"KeepAs must be the path of a file, and '{KeepAs}' is a folder" : null,
        KeepAs is not null && RowFileFolder.IsOurs(KeepAs) ? $"KeepAs must not be named as files that are removed again ({RowFileFolder.Pattern}), got '{KeepAs}'" : null,
        KeepAs is not null && Folder is not null ? "Folder has no effect where KeepAs names a file, which is written in its own folder: leave Folder at null" : null).Select(message => $"RowMemory.{message}");

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
