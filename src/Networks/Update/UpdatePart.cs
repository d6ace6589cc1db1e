namespace MLExtensions.Networks.Update;

/// <summary>What of an update to do. In one pass where nothing needs the whole gradient first.</summary>
internal enum UpdatePart
{
    /// <summary>Gradients, and with them in the cache the parameters.</summary>
    Both,

    /// <summary>The gradients alone.</summary>
    Gradients,

    /// <summary>The parameters, along gradients that are there.</summary>
    Parameters,
}
