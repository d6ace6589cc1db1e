namespace MLExtensions.Networks;

/// <summary>Two slots of a row that hold numbers: the axes of a plane.</summary>
/// <param name="First">The first slot.</param>
/// <param name="Second">The second slot, behind the first.</param>
public readonly record struct NumberPair(int First, int Second);
