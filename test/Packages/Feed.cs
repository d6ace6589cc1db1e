using System.Reflection;

namespace MLExtensions.Packages.Tests;

/// <summary>A folder with the packages of this build, made once.</summary>
[TestClass]
public static class Feed
{
    private static readonly AssemblyMetadataAttribute[] s_metadata = [.. typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()];

    /// <summary>The folder; beside the packages it is where consumers are built.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("mlextensions-packages-").FullName;

    public static string Version { get; } = ValueOf("Version");

    public static string TorchSharpVersion { get; } = ValueOf("TorchSharpVersion");

    /// <summary>The configuration of this build; packages are made from <c>Release</c>.</summary>
    public static string Configuration { get; } = ValueOf("Configuration");

    /// <summary>The package that has no code, but brings others.</summary>
    public const string Usual = "MLExtensions";

    /// <summary>The names of the packages.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Projects.Select(project => Path.GetFileNameWithoutExtension(project))];

    private static string[] Projects => ValueOf("Packed").Split(';');

    [AssemblyInitialize]
    public static void Pack(TestContext _)
    {
        foreach (string project in Projects)
            Pack(project, Folder);
    }

    /// <summary>Makes the package of a project, with further arguments of <c>dotnet pack</c>.</summary>
    public static void Pack(string project, string folder, params string[] arguments) =>
        Dotnet.Run(Folder, ["pack", project, "--no-build", "-c", Configuration, "-o", folder, .. arguments]);

    /// <summary>The project of the command-line tool.</summary>
    public static string Tool { get; } = ValueOf("Tool");

    /// <summary>The project of a package.</summary>
    public static string ProjectOf(string name) => Projects.Single(project => Path.GetFileNameWithoutExtension(project) == name);

    [AssemblyCleanup]
    public static void Delete() => Directory.Delete(Folder, recursive: true);

    public static string PathOf(string name, string extension) => Path.Combine(Folder, $"{name}.{Version}.{extension}");

    private static string ValueOf(string key) => s_metadata.Single(entry => entry.Key == key).Value!;
}
