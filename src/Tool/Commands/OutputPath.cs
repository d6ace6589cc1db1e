namespace MLExtensions.Tool.Commands;

/// <summary>Where results are written: looked at before the work, which may last hours.</summary>
internal static class OutputPath
{
    /// <summary>Refuses a path that cannot be written to.</summary>
    /// <param name="path">The path.</param>
    /// <param name="extension">What its name should end with; null for anything.</param>
    /// <param name="option">The option, for messages.</param>
    /// <exception cref="ToolException">It is a folder, or its folder is missing.</exception>
    /// <exception cref="UsageException">It ends with another name, as of a table.</exception>
    public static void Require(string path, string? extension, string option)
    {
        if (Directory.Exists(path))
            throw new ToolException($"{option}: '{path}' is a folder; add the name of a file.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            throw new ToolException($"{option}: the folder '{folder}' does not exist; make it first.");
        if (extension is not null && !path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"{option}: expected a name that ends with {extension}, got '{path}'.");
    }
}
