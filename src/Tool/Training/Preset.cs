namespace MLExtensions.Tool.Training;

/// <summary>Where options start from.</summary>
internal enum Preset
{
    /// <summary>The options that a trainer has of itself.</summary>
    Defaults,

    /// <summary>A small network.</summary>
    Quick,

    /// <summary>RealMLP.</summary>
    RealMlp,

    /// <summary>TabM.</summary>
    TabM,

    /// <summary>TabM and RealMLP in turns.</summary>
    Best,
}
