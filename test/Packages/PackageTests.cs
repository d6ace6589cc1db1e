using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace MLExtensions.Packages.Tests;

/// <summary>What stands in each package.</summary>
[TestClass]
public sealed class PackageTests
{
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static IEnumerable<object[]> Names => Feed.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Package_AnyOfThem_HoldsAssemblyDocumentationReadmeAndLicence(string name)
    {
        using var package = ZipFile.OpenRead(Feed.PathOf(name, "nupkg"));

        package.Entries.Select(entry => entry.FullName).Should()
            .Contain([$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", "README.md", "LICENSE"])
            .And.NotContain(entry => entry.EndsWith(".pdb") || entry.Contains("Microsoft.ML.") || entry.Contains("TorchSharp.dll") && !entry.Contains(name));
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
        Value(metadata, "description").Should().NotBeEmpty().And.NotContain("Package Description");
    }

    [TestMethod]
    public void Dependencies_PointOneWay()
    {
        foreach (string name in Feed.Names)
        {
            string[] others = [.. DependenciesOf(name).Where(dependency => dependency.StartsWith("MLExtensions."))];
            string[] expected = name switch
            {
                "MLExtensions.Pipeline" => [],
                "MLExtensions.Trainers.TorchSharp" => ["MLExtensions.Trainers"],
                _ => ["MLExtensions.Pipeline"],
            };
            others.Should().Equal(expected, name);
        }
    }

    [TestMethod]
    public void Dependencies_NativeLibraries_AreLeftToTheApplication() =>
        Feed.Names.SelectMany(DependenciesOf).Should().NotContain(name => name.StartsWith("TorchSharp-") || name.StartsWith("libtorch"));

    [TestMethod]
    [DynamicData(nameof(Names))]
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
    [DynamicData(nameof(Names))]
    public void Symbols_AnyPackage_PointToTheRepository(string name)
    {
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(Copy(Feed.PathOf(name, "snupkg"), $"lib/net10.0/{name}.pdb"));
        var reader = symbols.GetMetadataReader();

        bool isLinked = reader.CustomDebugInformation.Select(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind)).Contains(s_sourceLink);

        if (!isLinked && Value(MetadataOf(name), "repository").Length == 0)
            Assert.Inconclusive("The repository of this build has no remote, so there is nothing to point to.");
        isLinked.Should().BeTrue();
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

    private static XElement MetadataOf(string name) =>
        XDocument.Load(Copy(Feed.PathOf(name, "nupkg"), $"{name}.nuspec")).Root!.Elements().Single(element => element.Name.LocalName == "metadata");

    private static string Value(XElement metadata, string name)
    {
        var element = metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);
        return element is null ? "" : element.Value.Length > 0 ? element.Value : (string?)element.Attribute("url") ?? "";
    }

    private static IEnumerable<string> DependenciesOf(string name) =>
        MetadataOf(name).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!);
}
