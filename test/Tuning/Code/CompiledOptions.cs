using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MLExtensions.Trainers;

namespace MLExtensions.Tuning.Tests.Code;

/// <summary>Options that are compiled from their code.</summary>
internal static class CompiledOptions
{
    private static readonly PortableExecutableReference[] s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    public static DeepMlpOptions Of(string code)
    {
        string program = $"using System; using MLExtensions.Networks; using MLExtensions.Trainers; public static class Pasted {{ public static DeepMlpOptions Options => {code}; }}";
        var compilation = CSharpCompilation.Create("Pasted", [CSharpSyntaxTree.ParseText(program, new CSharpParseOptions(LanguageVersion.Latest))], s_references, new(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Should().BeEmpty("{0}", code);
        return (DeepMlpOptions)Assembly.Load(assembly.ToArray()).GetType("Pasted")!.GetProperty("Options")!.GetValue(null)!;
    }
}
