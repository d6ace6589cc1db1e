namespace MLExtensions.Pipeline.Mapping;

/// <summary>Types as messages name them.</summary>
internal static class TypeNames
{
    /// <summary>
    /// The name by which users know an object, as C# writes it: that of its type or, where that is not public, of a public one that it
    /// derives from, if there is any of its own.
    /// </summary>
    /// <param name="type">The type of the object.</param>
    /// <param name="common">A type that many derive from, and that tells nothing.</param>
    public static string PublicOf(Type type, Type common)
    {
        for (var candidate = type; candidate is not null && candidate != common && candidate != typeof(object); candidate = candidate.BaseType)
        {
            if (candidate.IsVisible)
                return NameOf(candidate);
        }
        return NameOf(type);
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;
}
