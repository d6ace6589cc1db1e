namespace MLExtensions.Networks;

/// <summary>
/// A network that is several at once: members share the matrices of the hidden layers, and differ by factors before and behind each, by
/// biases and by an output layer of their own. Each is trained by its own loss, all in one pass; the score is their mean. Several times the
/// time of one network, not as many times as there are members, and often more than their worth.
/// </summary>
/// <remarks>
/// TabM (Gorishniy, Kotelnikov, Babenko 2024, "TabM: Advancing tabular deep learning with parameter-efficient ensembling", arXiv
/// 2410.24210); BatchEnsemble (Wen, Tran, Ba 2020, arXiv 2002.06715). As there, the first factors are 1 or -1 where numbers enter as they
/// are, normally distributed where they are embedded, one for each feature; all other factors start at 1. Unlike there, members have a
/// common bias beside their own.
/// </remarks>
public sealed record BatchEnsembleOptions
{
    /// <summary>The number of members, from 2 to 1,024; 32 by default.</summary>
    public int Members { get; init; } = 32;

    /// <summary>
    /// Whether members differ by the factors on what enters the first layer and by the output layer alone (TabM-mini), which takes less
    /// time; false by default.
    /// </summary>
    public bool Mini { get; init; }

    /// <summary>Whether there can be so many members.</summary>
    internal static bool IsPossible(int members) => members is >= 2 and <= 1024;

    internal IEnumerable<string> Validate() => IsPossible(Members) ? [] : [Invariant($"Members must be from 2 to 1024, got {Members}")];
}
