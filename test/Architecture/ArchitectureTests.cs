using System.Reflection;
using Microsoft.CodeAnalysis;

namespace MLExtensions.Architecture.Tests;

[TestClass]
public sealed class ArchitectureTests
{
    // Folders under src whose namespaces and circles are not in order yet.
    private static readonly string[] s_notYetChecked = [];

    // A partial method without a body: source generators do not run here.
    private const string LeftToGenerators = "CS8795";

    public static IEnumerable<object[]> Checked => SourceAssembly.Folders.Except(s_notYetChecked).Select(folder => new object[] { folder });

    [TestMethod]
    [DynamicData(nameof(Checked))]
    public void Sources_CompiledHere_AreUnderstood(string folder)
    {
        var errors = SourceAssembly.Load(folder).Compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != LeftToGenerators);

        errors.Should().BeEmpty("a name that is not understood here is an arrow that is not seen");
    }

    [TestMethod]
    [DynamicData(nameof(Checked))]
    public void Folders_OfAnAssembly_FormNoCircle(string folder)
    {
        var circles = new FolderGraph(SourceAssembly.Load(folder)).Circles();

        string.Join('\n', circles).Should().BeEmpty();
    }

    [TestMethod]
    [DynamicData(nameof(Checked))]
    public void Namespaces_OfAnAssembly_FollowFolders(string folder)
    {
        var broken = NamespaceRule.Broken(SourceAssembly.Load(folder));

        string.Join('\n', broken).Should().BeEmpty();
    }

    [TestMethod]
    public void Networks_KnowsNeitherMicrosoftMLNorTorchSharp()
    {
        if (!SourceAssembly.Folders.Contains("Networks"))
            return;

        var references = Assembly.Load("MLExtensions.Networks").GetReferencedAssemblies().Select(reference => reference.Name!);

        references.Should().NotContain(name => name.StartsWith("Microsoft.ML", StringComparison.Ordinal) || name.StartsWith("TorchSharp", StringComparison.Ordinal));
    }
}
