using MLExtensions.Networks.Files;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class FileReplacementTests
{
    [TestMethod]
    public void Write_FileIsThere_ReplacesIt()
    {
        using var folder = new TestFolder();
        string path = folder.File("history.csv");
        File.WriteAllText(path, "old and longer");

        FileReplacement.Write(path, writer => writer.Write("new"));

        File.ReadAllBytes(path).Should().Equal("new"u8.ToArray());
        Directory.GetFiles(folder.FullName).Should().Equal(path);
    }

    [TestMethod]
    public void Write_FailsHalfWay_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TestFolder();
        string path = folder.File("history.csv");
        File.WriteAllText(path, "old");

        Action act = () => FileReplacement.Write(path, writer =>
        {
            writer.Write(new string('x', 100_000));
            throw new InvalidOperationException("half way");
        });

        act.Should().Throw<InvalidOperationException>().WithMessage("half way");
        File.ReadAllText(path).Should().Be("old");
        Directory.GetFiles(folder.FullName).Should().Equal(path);
    }

    [TestMethod]
    public void Write_FolderMissingOrNoFile_SaysWhatToDo()
    {
        using var folder = new TestFolder();
        string missing = folder.File("none");

        Action intoNoFolder = () => FileReplacement.Write(Path.Combine(missing, "history.csv"), writer => writer.Write("new"));
        Action ontoFolder = () => FileReplacement.Write(folder.FullName, writer => writer.Write("new"));

        intoNoFolder.Should().Throw<DirectoryNotFoundException>()
            .WithMessage($"Cannot write '{Path.Combine(missing, "history.csv")}': the folder '{missing}' does not exist; make it first.");
        ontoFolder.Should().Throw<IOException>().WithMessage($"Cannot write '{folder.FullName}': it is a folder; add the name of a file.");
    }
}
