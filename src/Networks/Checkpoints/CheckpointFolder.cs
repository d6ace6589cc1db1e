using System.Globalization;

namespace MLExtensions.Networks.Checkpoints;

/// <summary>The folder of one fit: who may write into it, which files of which network are in it, and whether the fit was finished.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    /// <summary>What the name of a file ends with until it is complete.</summary>
    public const string Unfinished = ".unfinished";

    private const string Extension = ".safetensors";
    private const string LockName = "lock";
    private const string FinishedName = "finished";
    private const string EpochMark = "-epoch-";
    private const int KeptOfEach = 2;

    private readonly FileStream _lock;

    /// <summary>Makes the folder where there is none, and keeps all others out of it.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">Another training uses the folder, or it cannot be made.</exception>
    public CheckpointFolder(string path)
    {
        FullPath = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(FullPath);
            _lock = new FileStream(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"Checkpoint.Folder: '{FullPath}' may not be written to. Choose another folder, or change its permissions.", exception);
        }
        catch (IOException exception) when (File.Exists(PathOf(LockName)))
        {
            throw new IOException($"Checkpoint.Folder: another training uses '{FullPath}' at the moment. Wait for its end, or choose another folder.", exception);
        }
        catch (IOException exception)
        {
            throw new IOException($"Checkpoint.Folder: '{FullPath}' cannot be made: {exception.Message.TrimEnd('.')}. Choose another folder.", exception);
        }

        // What a kill left half-written.
        foreach (string file in Directory.EnumerateFiles(FullPath, "*" + Unfinished))
            File.Delete(file);
    }

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>Whether the fit came to its end, which then needs nothing that is in the folder.</summary>
    public bool IsFinished => File.Exists(PathOf(FinishedName));

    /// <summary>Notes that the fit came to its end.</summary>
    public void Finish() => File.WriteAllBytes(PathOf(FinishedName), []);

    /// <summary>Notes that the fit has not come to its end, since something of it is not there any more.</summary>
    public void Reopen() => File.Delete(PathOf(FinishedName));

    /// <summary>Removes all checkpoints.</summary>
    public void Clear()
    {
        File.Delete(PathOf(FinishedName));
        foreach (string file in Directory.EnumerateFiles(FullPath, "*" + Extension))
            File.Delete(file);
    }

    /// <summary>The path of a checkpoint.</summary>
    /// <param name="network">The name of the network.</param>
    /// <param name="epoch">The epoch after which it is taken.</param>
    public string PathOf(string network, int epoch) => PathOf(Invariant($"{network}{EpochMark}{epoch}{Extension}"));

    /// <summary>The checkpoints of a network, the newest first.</summary>
    /// <param name="network">The name of the network; null for those of all.</param>
    public IReadOnlyList<string> Find(string? network)
    {
        var found = from file in Directory.EnumerateFiles(FullPath, "*" + Extension)
                    where EpochOf(file) is not null && (network is null || NetworkOf(file) == network)
                    orderby EpochOf(file) descending
                    select file;
        return [.. found];
    }

    /// <summary>
    /// Removes all checkpoints of a network but that of an epoch, just written, and the one before. Those of later epochs are damaged, or else the training
    /// had gone on from them; they would be held for the newest.
    /// </summary>
    /// <param name="network">The name of the network.</param>
    /// <param name="epoch">The epoch.</param>
    public void Prune(string network, int epoch)
    {
        var found = Find(network).ToLookup(file => EpochOf(file) <= epoch);
        foreach (string file in found[true].Skip(KeptOfEach).Concat(found[false]))
            File.Delete(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static string NetworkOf(string file) => System.IO.Path.GetFileNameWithoutExtension(file).Split(EpochMark)[0];

    // Null for files that others have put there.
    private static int? EpochOf(string file) => System.IO.Path.GetFileNameWithoutExtension(file).Split(EpochMark) is [_, var epoch]
        && int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private string PathOf(string name) => System.IO.Path.Combine(FullPath, name);
}
