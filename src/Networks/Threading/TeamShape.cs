namespace MLExtensions.Networks.Threading;

/// <summary>How a team does a step: by how many members, and what these share.</summary>
/// <param name="Members">The members.</param>
/// <param name="SharesUnits">Whether they share the units of layers in place of the rows of the batch. Never of one member.</param>
internal readonly record struct TeamShape(int Members, bool SharesUnits);
