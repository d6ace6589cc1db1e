namespace MLExtensions.Networks;

/// <summary>
/// Where a training is kept while it runs, so that it can go on after it was ended: by Ctrl+C, by a kill, by a power cut. A training with the same options,
/// rows and folder goes on where the kept one stopped, and ends with the same weights and the same history, bit for bit, as one that was never ended.
/// </summary>
/// <remarks>
/// <para>
/// Each <c>Fit</c> of a trainer has a folder of its own in <see cref="Folder"/>, <c>fit-1</c>, <c>fit-2</c>, ..., so that a cross-validation goes on in the fold in
/// which it stopped. Two trainers need two folders. Only one process at a time may train in a folder.
/// </para>
/// <para>
/// A <c>Fit</c> that was not finished is taken up by one with the same options and rows, and refused by any other, with the difference named. One that was
/// finished is taken as it is where options and rows are the same, without training, and else replaced. Options that do not change the result may
/// differ: the number of threads, progress, cancellation, the checkpoint's own. Where no seed is chosen, that of the kept training is taken.
/// </para>
/// <para>
/// Files are in the safetensors format; they are written beside and renamed, and checked by a hash when they are read. The last two of each network are kept.
/// </para>
/// </remarks>
public sealed record CheckpointOptions
{
    private static readonly TimeSpan s_defaultEvery = TimeSpan.FromMinutes(1);

    /// <summary>The folder; it is made where there is none. Must be given.</summary>
    public string Folder { get; init; } = "";

    /// <summary>After how many epochs the training is written down, at least 1; null, the default, goes by <see cref="Every"/> alone.</summary>
    public int? EveryEpochs { get; init; }

    /// <summary>
    /// After how much time the training is written down, at the end of the epoch that is trained then; positive. Null, the default, is a minute where there
    /// is no <see cref="EveryEpochs"/>, and else any time.
    /// </summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Whether a training is to be written down.</summary>
    /// <param name="epoch">The epoch that has ended.</param>
    /// <param name="sinceLast">The time since the last one was written.</param>
    internal bool IsDue(int epoch, TimeSpan sinceLast) =>
        (EveryEpochs is { } epochs && epoch % epochs == 0) || sinceLast >= (Every ?? (EveryEpochs is null ? s_defaultEvery : TimeSpan.MaxValue));

    internal IEnumerable<string> Validate() => Failures(
        string.IsNullOrWhiteSpace(Folder) ? "Folder must be the path of a folder, got an empty text" : null,
        EveryEpochs is { } epochs ? AtLeast(1, epochs, nameof(EveryEpochs)) : null,
        Every <= TimeSpan.Zero ? Invariant($"Every must be positive, got {Every}") : null).Select(message => $"Checkpoint.{message}");
}
