using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLExtensions.Architecture.Tests;

/// <summary>The sources of one assembly, compiled in memory. Folders are named by their paths in the project, the project's own by "".</summary>
internal sealed class SourceAssembly
{
    // What ImplicitUsings brings.
    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; " +
        "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    // ML.NET's internals as the compiler of Pipeline sees them: each file is an assembly of its own, under an alias.
    private const string StubFolder = "Internals/Stub";

    private static readonly CSharpParseOptions s_language = new(LanguageVersion.Latest, DocumentationMode.None);

    // Whatever this program runs with.
    private static readonly PortableExecutableReference[] s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly ConcurrentDictionary<string, SourceAssembly> s_loaded = [];

    private readonly Dictionary<SyntaxTree, string> _paths;

    private SourceAssembly(string name, IEnumerable<(string Path, string Text)> files, IEnumerable<MetadataReference> references)
    {
        Name = name;
        _paths = files.ToDictionary(file => CSharpSyntaxTree.ParseText(file.Text, s_language, file.Path), file => file.Path);
        var compilation = CSharpCompilation.Create(name, [.. _paths.Keys, CSharpSyntaxTree.ParseText(GlobalUsings, s_language)], references,
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        Compilation = files.Any(file => file.Text.Contains(": JsonSerializerContext", StringComparison.Ordinal)) ? WithJson(compilation) : compilation;
    }

    /// <summary>The folders under src that hold an assembly.</summary>
    public static IReadOnlyList<string> Folders { get; } =
        [.. Directory.EnumerateFiles(SourceFolder, "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order()];

    /// <summary>The name of the assembly, which is its root namespace too.</summary>
    public string Name { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>The files without those that the compiler makes.</summary>
    public IEnumerable<(SyntaxTree Tree, string Path)> Files => _paths.Select(pair => (pair.Key, pair.Value)).OrderBy(file => file.Value, StringComparer.Ordinal);

    private static string SourceFolder => typeof(SourceAssembly).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(SourceFolder)).Value!;

    // The code that reads and writes JSON without reflection, as the build makes it.
    private static CSharpCompilation WithJson(CSharpCompilation compilation)
    {
        string path = typeof(SourceAssembly).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "JsonGenerator").Value!.Split(';')[^1];
        var generator = Assembly.LoadFrom(path).GetTypes().Single(type => !type.IsAbstract && typeof(IIncrementalGenerator).IsAssignableFrom(type));
        CSharpGeneratorDriver.Create([((IIncrementalGenerator)Activator.CreateInstance(generator)!).AsSourceGenerator()], parseOptions: s_language)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return (CSharpCompilation)generated;
    }

    /// <summary>Compiles the assembly of a folder under src, once.</summary>
    public static SourceAssembly Load(string folder) => s_loaded.GetOrAdd(folder, Compile);

    /// <summary>Compiles sources that are given by path.</summary>
    public static SourceAssembly Of(string name, params (string Path, string Text)[] files) => new(name, files, References(name));

    /// <summary>The path of a file, or null for one that the compiler makes.</summary>
    public string? PathOf(SyntaxTree? tree) => tree is null ? null : _paths.GetValueOrDefault(tree);

    public static string FolderOf(string path) => Path.GetDirectoryName(path)!.Replace('\\', '/');

    private static SourceAssembly Compile(string folder)
    {
        var files = FilesOf(folder).Where(file => FolderOf(file.Path) != StubFolder).ToList();
        string name = $"MLExtensions.{folder}";
        IReadOnlyList<MetadataReference> references = References(name);
        if (files.Exists(file => file.Text.StartsWith("extern alias", StringComparison.Ordinal)))
        {
            // Pipeline's stubs, and the attribute that goes with them, are linked into whoever names ML.NET's internals.
            var stubs = FilesOf("Pipeline").Where(file => FolderOf(file.Path) == StubFolder);
            if (folder != "Pipeline")
                files.AddRange(FilesOf("Pipeline").Where(file => file.Path.EndsWith("/IgnoresAccessChecksToAttribute.cs", StringComparison.Ordinal)));
            references = [.. references, .. stubs.Select(file => StubOf(file.Path, file.Text, references))];
        }
        return new(name, files, references);
    }

    private static IEnumerable<(string Path, string Text)> FilesOf(string folder) =>
        Directory.EnumerateFiles(Path.Combine(SourceFolder, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(Path.Combine(SourceFolder, folder), file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(file => !file.Path.StartsWith("bin/", StringComparison.Ordinal) && !file.Path.StartsWith("obj/", StringComparison.Ordinal));

    // An assembly must not see its own compiled self.
    private static PortableExecutableReference[] References(string name) => [.. s_references.Where(reference => Path.GetFileNameWithoutExtension(reference.FilePath) != name)];

    private static CompilationReference StubOf(string path, string text, IEnumerable<MetadataReference> references)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(text, s_language)], references, new(OutputKind.DynamicallyLinkedLibrary))
            .ToMetadataReference([name[(name.LastIndexOf('.') + 1)..]]);
    }
}
