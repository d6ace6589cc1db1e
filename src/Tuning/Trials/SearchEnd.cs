namespace MLExtensions.Tuning;

/// <summary>Why a search ended.</summary>
public enum SearchEnd
{
    /// <summary>There were as many trials as were asked for.</summary>
    Trials,

    /// <summary>The time was up.</summary>
    TimeLimit,

    /// <summary>All points of a grid were tried.</summary>
    SpaceExhausted,

    /// <summary>It was cancelled.</summary>
    Canceled,
}
