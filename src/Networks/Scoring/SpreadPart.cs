namespace MLExtensions.Networks.Scoring;

/// <summary>How the spread of scores is measured, as it stands in an archive.</summary>
/// <param name="DropoutPasses">The passes with dropout, where the network is no ensemble.</param>
/// <param name="Seed">The seed of the units that they leave out.</param>
internal sealed record SpreadPart(int DropoutPasses, int Seed)
{
    /// <summary>The most passes.</summary>
    public const int MostPasses = 10_000;

    /// <summary>Checks what was read from an archive.</summary>
    /// <exception cref="FormatException">It does not fit the network.</exception>
    public void Check(NetworkDescription network)
    {
        if (!MemberScorers.CanBeSeveral(network))
            throw new FormatException("the spread of scores is asked of a network that is no ensemble and has no dropout");
        if (DropoutPasses is < 2 or > MostPasses)
            throw new FormatException($"{DropoutPasses} passes with dropout are impossible");
    }
}
