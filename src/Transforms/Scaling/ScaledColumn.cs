using Microsoft.ML.Data;

namespace MLExtensions.Transforms;

/// <summary>A column with the map that scales it. The type is the one that the map was fitted to.</summary>
internal sealed record ScaledColumn(string OutputColumnName, string InputColumnName, DataViewType Type, AffineMap Map);
