using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MLExtensions.Packages.Tests;

/// <summary>What stands in each package.</summary>
[TestClass]
public sealed class PackageTests
{
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static IEnumerable<object[]> Names => Feed.Names.Select(name => new object[] { name });

    public static IEnumerable<object[]> Libraries => Names.Where(name => (string)name[0] != Feed.Usual);

    [TestMethod]
    [DynamicData(nameof(Libraries))]
    public void Package_AnyLibrary_HoldsAssemblyDocumentationReadmeIconAndLicence(string name)
    {
        using var package = ZipFile.OpenRead(Feed.PathOf(name, "nupkg"));

        package.Entries.Select(entry => entry.FullName).Should()
            .Contain([$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", "README.md", "icon.png", "LICENSE"])
            .And.NotContain(entry => entry.EndsWith(".pdb") || entry.Contains("Microsoft.ML.") || entry.Contains("TorchSharp.dll") && !entry.Contains(name));
    }

    [TestMethod]
    [DynamicData(nameof(Libraries))]
    public void Package_AnyLibrary_HoldsTheSameAssemblyCompiledForLinux(string name)
    {
        using var plain = new PEReader(Copy(Feed.PathOf(name, "nupkg"), $"lib/net10.0/{name}.dll"));
        using var compiled = new PEReader(Copy(Feed.PathOf(name, "nupkg"), $"runtimes/linux-x64/lib/net10.0/{name}.dll"));

        plain.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size.Should().Be(0, "it runs everywhere");
        compiled.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size.Should().BePositive("it has native code");
        VersionOf(compiled).Should().Be(VersionOf(plain), "symbols are those of both");
    }

    [TestMethod]
    public void Package_OfTheUsualOnes_HoldsNoCode()
    {
        using var package = ZipFile.OpenRead(Feed.PathOf(Feed.Usual, "nupkg"));

        package.Entries.Select(entry => entry.FullName).Should()
            .Contain(["lib/net10.0/_._", "README.md", "icon.png", "LICENSE"])
            .And.NotContain(entry => entry.EndsWith(".dll"));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Readme_AnyPackage_IsThatOfTheRepositoryWithoutRelativeLinks(string name)
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        using var reader = new StreamReader(Copy(Feed.PathOf(name, "nupkg"), "README.md"));
        string packed = reader.ReadToEnd().ReplaceLineEndings("\n");

        string[] targets = [.. Regex.Matches(packed, @"\]\(([^)\n]+)\)").Select(link => link.Groups[1].Value)];
        var code = Regex.Matches(readme, "^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline);

        targets.Should().NotContain(target => !target.StartsWith("https://"), "they lead nowhere outside of the repository");
        packed.Should().Be(Regex.Replace(readme, @"\[([^\]\n]+)\]\((?!https://)[^)\n]+\)", "$1"));
        code.Should().HaveCountGreaterThan(3).And.OnlyContain(block => packed.Contains(block.Value));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Package_AnyOfThem_SaysWhatItIs(string name)
    {
        var metadata = MetadataOf(name);

        Value(metadata, "id").Should().Be(name);
        Value(metadata, "version").Should().Be(Feed.Version);
        Value(metadata, "license").Should().Be("MIT");
        Value(metadata, "readme").Should().Be("README.md");
        Value(metadata, "icon").Should().Be("icon.png");
        Value(metadata, "description").Should().NotBeEmpty().And.NotContain("Package Description");
    }

    [TestMethod]
    public void Package_OfARelease_NamesTheAddressThatItIsGiven()
    {
        const string Address = "https://repository.example/mlextensions";
        string folder = Path.Combine(Feed.Folder, "release");

        Feed.Pack(Feed.ProjectOf(Feed.Usual), folder, $"-p:RepositoryUrl={Address}");

        var metadata = MetadataIn(Path.Combine(folder, Path.GetFileName(Feed.PathOf(Feed.Usual, "nupkg"))), Feed.Usual);
        Value(metadata, "projectUrl").Should().Be(Address);
        Value(metadata, "repository").Should().Be(Address);
    }

    [TestMethod]
    public void Dependencies_PointOneWay()
    {
        foreach (string name in Feed.Names)
        {
            string[] others = [.. DependenciesOf(name).Where(dependency => dependency.StartsWith("MLExtensions.")).Order()];
            string[] expected = name switch
            {
                Feed.Usual => ["MLExtensions.Trainers", "MLExtensions.Transforms"],
                "MLExtensions.Archives" or "MLExtensions.Onnx" => [],
                "MLExtensions.Networks" or "MLExtensions.Pipeline" => ["MLExtensions.Archives", "MLExtensions.Onnx"],
                "MLExtensions.Trainers" => ["MLExtensions.Networks", "MLExtensions.Pipeline"],
                "MLExtensions.Reports" => ["MLExtensions.Trainers", "MLExtensions.Tuning"],
                "MLExtensions.Trainers.TorchSharp" or "MLExtensions.Tuning" => ["MLExtensions.Trainers"],
                "MLExtensions.Distributed" or "MLExtensions.Progress" => ["MLExtensions.Networks"],
                _ => ["MLExtensions.Pipeline"],
            };
            others.Should().Equal(expected, name);
        }
    }

    [TestMethod]
    public void Dependencies_OfTheEngineOnLibtorch_NameAVersionOfSkiaSharpThatSourcesKeep() =>
        MetadataOf("MLExtensions.Trainers.TorchSharp").Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => ((string)element.Attribute("id")!, (string)element.Attribute("version")!)).Should()
            .Contain([("SkiaSharp", "2.88.9"), ("SkiaSharp.NativeAssets.Linux.NoDependencies", "2.88.9")], "Microsoft.ML.TorchSharp asks for 2.88.8");

    [TestMethod]
    public void Dependencies_NativeLibraries_AreLeftToTheApplication() =>
        Feed.Names.SelectMany(DependenciesOf).Should().NotContain(name => name.StartsWith("TorchSharp-") || name.StartsWith("libtorch"));

    [TestMethod]
    [DynamicData(nameof(Libraries))]
    public void Symbols_AnyPackage_BelongToItsAssemblyAndNameNoFolderOfThisMachine(string name)
    {
        if (Feed.Configuration != "Release")
            Assert.Inconclusive("A debugger needs the paths of this machine, so only Release hides them.");

        using var assembly = new PEReader(Copy(Feed.PathOf(name, "nupkg"), $"lib/net10.0/{name}.dll"));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(Copy(Feed.PathOf(name, "snupkg"), $"lib/net10.0/{name}.pdb"));
        var reader = symbols.GetMetadataReader();

        var entries = assembly.ReadDebugDirectory();
        entries.Should().Contain(entry => entry.Type == DebugDirectoryEntryType.Reproducible, "the build is deterministic");
        var codeView = entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        assembly.ReadCodeViewDebugDirectoryData(codeView).Guid.Should().Be(new BlobContentId(reader.DebugMetadataHeader!.Id).Guid);
        reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)).Should().OnlyContain(path => path.StartsWith("/_"));
    }

    [TestMethod]
    [DynamicData(nameof(Libraries))]
    public void Symbols_AnyPackage_PointToTheRepository(string name)
    {
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(Copy(Feed.PathOf(name, "snupkg"), $"lib/net10.0/{name}.pdb"));
        var reader = symbols.GetMetadataReader();

        bool isLinked = reader.CustomDebugInformation.Select(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind)).Contains(s_sourceLink);

        if (!isLinked && Value(MetadataOf(name), "repository").Length == 0)
            Assert.Inconclusive("The repository of this build has no remote, so there is nothing to point to.");
        isLinked.Should().BeTrue();
    }

    private static Guid VersionOf(PEReader assembly)
    {
        var metadata = assembly.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static MemoryStream Copy(string path, string entry)
    {
        using var package = ZipFile.OpenRead(path);
        using var source = package.GetEntry(entry)!.Open();
        var copy = new MemoryStream();
        source.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    private static XElement MetadataOf(string name) => MetadataIn(Feed.PathOf(name, "nupkg"), name);

    private static XElement MetadataIn(string path, string name) =>
        XDocument.Load(Copy(path, $"{name}.nuspec")).Root!.Elements().Single(element => element.Name.LocalName == "metadata");

    private static string Value(XElement metadata, string name)
    {
        var element = metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);
        return element is null ? "" : element.Value.Length > 0 ? element.Value : (string?)element.Attribute("url") ?? "";
    }

    private static IEnumerable<string> DependenciesOf(string name) =>
        MetadataOf(name).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!);
}
