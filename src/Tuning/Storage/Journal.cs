using System.Text;

namespace MLExtensions.Tuning.Storage;

/// <summary>
/// A file of lines that several processes append to. Whoever has it open has it alone, which the system sees to: a lock ends with its process,
/// however that ends. A line that was not written to its end is taken off by the next who comes.
/// </summary>
/// <remarks>
/// Lines of text, and no database: a search writes a few lines a minute, so that nothing is to be gained by an index; it is readable, can be copied at any moment, needs no
/// native library, and what a killed process leaves is at worst half a line at its end. Locks are the system's own (flock, share modes on Windows): on a network drive they are as good as its own.
/// </remarks>
internal sealed class Journal(string path, TimeSpan patience)
{
    private long _read;

    public string Path => path;

    /// <summary>How many lines were read so far.</summary>
    public int LinesRead { get; private set; }

    /// <summary>Reads what is new, and appends to it, while nobody else does.</summary>
    /// <param name="react">Is given the new lines, and gives those to append.</param>
    /// <exception cref="IOException">The file cannot be opened, or others have it open for too long.</exception>
    public void Exchange(Func<IReadOnlyList<string>, IReadOnlyList<string>> react)
    {
        using var file = OpenAlone();
        if (file.Length < _read)
            throw new IOException($"'{path}' is shorter than it was: another program has changed it. Give TuningOptions.Store a path of its own.");

        byte[] bytes = new byte[file.Length - _read];
        file.Position = _read;
        file.ReadExactly(bytes);
        int complete = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        string[] lines = Encoding.UTF8.GetString(bytes, 0, complete).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        LinesRead += lines.Length;
        var added = react(lines);
        if (added.Count == 0)
        {
            _read += complete;
            return;
        }

        if (complete < bytes.Length)
            file.SetLength(_read + complete);
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(added.Select(line => line + "\n")));
        file.Position = _read + complete;
        file.Write(text);
        file.Flush(flushToDisk: true);
        LinesRead += added.Count;
        _read = file.Position;
    }

    private FileStream OpenAlone()
    {
        long start = Environment.TickCount64;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException) && Environment.TickCount64 - start < patience.TotalMilliseconds)
            {
                // Another process writes a line. .NET has no call that waits for a lock on a file; of several that wait none keeps in step with another.
                Thread.Sleep(Random.Shared.Next(2, 20));
            }
        }
    }
}
