using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MLExtensions.Architecture.Tests;

/// <summary>
/// A file has the namespace of its folder. One that declares a public type has the namespace of the assembly, whatever its folder, so that
/// users need to name no other; or <c>Microsoft.ML</c>, where extension methods of catalogs are found without any.
/// </summary>
internal static class NamespaceRule
{
    private const string OfCatalogs = "Microsoft.ML";

    // Types that the runtime knows by their full names.
    private const string OfRuntime = "System.Runtime.CompilerServices";

    // The types of the engine stand beside those of the trainers: a namespace that users import must not hide TorchSharp's own.
    private static readonly Dictionary<string, string> s_announced = new() { ["MLExtensions.Trainers.TorchSharp"] = "MLExtensions.Trainers" };

    /// <summary>The files that break the rule, each in words.</summary>
    public static IReadOnlyList<string> Broken(SourceAssembly assembly) =>
        [.. assembly.Files.SelectMany(file => Broken(assembly.Name, file.Tree, file.Path))];

    private static IEnumerable<string> Broken(string root, SyntaxTree tree, string path)
    {
        var types = tree.GetRoot().DescendantNodes()
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && node.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax)
            .Cast<MemberDeclarationSyntax>().ToArray();
        bool isPublic = types.Any(type => type.Modifiers.Any(SyntaxKind.PublicKeyword));
        string ofFolder = $"{root}.{SourceAssembly.FolderOf(path).Replace('/', '.')}".TrimEnd('.');
        string[] allowed = isPublic ? [s_announced.GetValueOrDefault(root, root), OfCatalogs] : [ofFolder, OfRuntime];
        return types.Select(NamespaceOf).Distinct().Where(name => !allowed.Contains(name)).Select(name =>
            $"{path} is in namespace {name}; expected {allowed[0]}, since it declares {(isPublic ? "a" : "no")} public type.");
    }

    private static string NamespaceOf(MemberDeclarationSyntax type) => (type.Parent as BaseNamespaceDeclarationSyntax)?.Name.ToString() ?? "(none)";
}
