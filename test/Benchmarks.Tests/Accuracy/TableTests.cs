using Microsoft.ML.Data;
using MLExtensions.Benchmarks.Accuracy;

namespace MLExtensions.Benchmarks.Tests.Accuracy;

[TestClass]
public sealed class TableTests
{
    [TestMethod]
    [DataRow("california", 20_640, 8, 0, 0)]
    [DataRow("adult", 48_842, 14, 8, 2)]
    [DataRow("letter", 20_000, 16, 0, 26)]
    [DataRow("bike-sharing", 17_379, 12, 0, 0)]
    [DataRow("magic", 19_020, 10, 0, 2)]
    [DataRow("phoneme", 5_404, 5, 0, 2)]
    [DataRow("wine-white", 4_898, 11, 0, 0)]
    [DataRow("wine-red", 1_599, 11, 0, 0)]
    [DataRow("concrete", 1_030, 8, 0, 0)]
    [DataRow("german-credit", 1_000, 20, 13, 2)]
    [DataRow("breast-cancer", 569, 30, 0, 2)]
    [DataRow("iris", 150, 4, 0, 3)]
    public void Read_Set_HasItsRowsFeaturesAndClasses(string name, int rows, int features, int categories, int classes)
    {
        var table = Table.Read(DataSets.All.Single(set => set.Name == name));

        (table.Rows, table.Features.Count, table.Categories.Count(), table.Classes.Count).Should().Be((rows, features, categories, classes));
        table.Features.Should().OnlyContain(feature => (feature.Numbers != null ? feature.Numbers.Length : feature.Texts!.Length) == rows);
        DataSets.All.Should().HaveCount(12);
    }

    [TestMethod]
    public void View_SomeRows_GivesThemInOrder()
    {
        var set = DataSets.All.Single(set => set.Name == "german-credit");
        var table = Table.Read(set);
        var view = new TableView(table, set.Task, [3, 0, 999]);

        table.Classes.Should().Equal("bad", "good");
        view.GetColumn<bool>(TableView.Label).Should().Equal(true, true, true);
        view.GetColumn<float>("Amount").Should().Equal(7882, 1169, 4576);
        view.GetColumn<string>("Status").Should().Equal("A11", "A11", "A12");
    }

    [TestMethod]
    public void View_SeveralClasses_HasKeysThatNameThem()
    {
        var set = DataSets.All.Single(set => set.Name == "iris");
        var view = new TableView(Table.Read(set), set.Task, [0, 149]);
        VBuffer<ReadOnlyMemory<char>> names = default;

        view.Schema[TableView.Label].Annotations.GetValue("KeyValues", ref names);

        view.GetColumn<uint>(TableView.Label).Should().Equal(1, 3);
        names.DenseValues().Select(name => name.ToString()).Should().Equal("Iris-setosa", "Iris-versicolor", "Iris-virginica");
    }
}
