namespace MLExtensions.Networks.Managed;

/// <summary>How the parameters of a network are cut into pieces for threads to take.</summary>
internal interface IUpdateShares
{
    /// <summary>Updates a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="pieces">The number of pieces.</param>
    /// <param name="batchRows">The rows of the batch.</param>
    /// <param name="updater">Updates parameters; its step has begun.</param>
    /// <param name="part">What of this to do.</param>
    void Update(int piece, int pieces, int batchRows, ParameterUpdater updater, UpdatePart part);
}
