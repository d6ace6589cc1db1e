using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MLExtensions.Architecture.Tests;

/// <summary>Which folders of an assembly use which others: an arrow wherever a file names a type or a member that stands in another folder.</summary>
internal sealed class FolderGraph
{
    private const int MostCausesTold = 5;

    private readonly Dictionary<(string From, string To), SortedSet<string>> _causes = [];
    private readonly string[] _folders;

    public FolderGraph(SourceAssembly assembly)
    {
        _folders = [.. assembly.Files.Select(file => SourceAssembly.FolderOf(file.Path)).Distinct()];
        foreach (var (from, to, cause) in assembly.Files.AsParallel().SelectMany(file => ArrowsOf(assembly, file.Tree, file.Path)))
        {
            if (!_causes.TryGetValue((from, to), out var causes))
                _causes.Add((from, to), causes = new(StringComparer.Ordinal));
            causes.Add(cause);
        }
    }

    public IReadOnlyCollection<(string From, string To)> Arrows => _causes.Keys;

    /// <summary>
    /// The circles, each with its arrows and what causes them; none where all is well. The root folder stands above all others, whether or
    /// not it uses them, so that an arrow to it closes a circle.
    /// </summary>
    public IReadOnlyList<string> Circles()
    {
        var reachable = _folders.ToDictionary(folder => folder, Reachable);
        var circles = _folders.Where(folder => reachable[folder].Contains(folder))
            .GroupBy(folder => string.Join(", ", reachable[folder].Where(other => reachable[other].Contains(folder)).Order(StringComparer.Ordinal).Select(Name)));
        return [.. circles.Select(circle => Describe(circle.Key, [.. circle]))];
    }

    private string Describe(string names, HashSet<string> folders)
    {
        var arrows = _causes.Where(arrow => folders.Contains(arrow.Key.From) && folders.Contains(arrow.Key.To))
            .OrderBy(arrow => arrow.Key)
            .Select(arrow => $"  {Name(arrow.Key.From)} -> {Name(arrow.Key.To)}\n{Describe(arrow.Value)}");
        return $"The folders {names} use one another in a circle. Move a type to the folder below, or let the folder above hand it in:\n{string.Concat(arrows)}";
    }

    private static string Describe(SortedSet<string> causes) => string.Concat(causes.Take(MostCausesTold).Select(cause => $"    {cause}\n"))
        + (causes.Count > MostCausesTold ? $"    and {causes.Count - MostCausesTold} more\n" : "");

    private static string Name(string folder) => folder.Length == 0 ? "(root)" : folder;

    private HashSet<string> Reachable(string folder)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>([folder]);
        while (next.TryPop(out string? from))
        {
            foreach (string to in _folders.Where(to => to != from && (from.Length == 0 || _causes.ContainsKey((from, to)))))
            {
                if (reached.Add(to))
                    next.Push(to);
            }
        }
        return reached;
    }

    private static IEnumerable<(string From, string To, string Cause)> ArrowsOf(SourceAssembly assembly, SyntaxTree tree, string path)
    {
        var model = assembly.Compilation.GetSemanticModel(tree);
        string from = SourceAssembly.FolderOf(path);
        var arrows = new HashSet<(string, string, string)>();
        foreach (var node in tree.GetRoot().DescendantNodes().Where(node => node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax))
        {
            if (model.GetSymbolInfo(node).Symbol is not { } symbol || TypeOf(symbol) is not { } type)
                continue;

            // A partial type stands in several folders, and its members each in one.
            string[] targets = [.. (symbol.DeclaringSyntaxReferences.IsEmpty ? type : symbol).DeclaringSyntaxReferences
                .Select(reference => assembly.PathOf(reference.SyntaxTree)).OfType<string>().Select(SourceAssembly.FolderOf)];
            if (!targets.Contains(from))
                arrows.UnionWith(targets.Select(to => (from, to, $"{path} uses {type.Name}")));
        }
        return arrows;
    }

    private static INamedTypeSymbol? TypeOf(ISymbol symbol) => symbol.OriginalDefinition switch
    {
        INamedTypeSymbol { ContainingType: { } outer } => TypeOf(outer),
        INamedTypeSymbol type => type,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => TypeOf(symbol.ContainingType),
        _ => null,
    };
}
