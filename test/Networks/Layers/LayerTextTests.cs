namespace MLExtensions.Networks.Tests.Layers;

/// <summary>Layers are compared, and their differences told, by their texts.</summary>
[TestClass]
public sealed class LayerTextTests
{
    private static readonly RowLayout s_layout = new(3, [new(1, 4)]);

    [TestMethod]
    public void ToString_Lists_HaveWhatIsInThem()
    {
        Embedding([0], [2]).ToString().Should().Contain("Plain = [0], CategoryDimensions = [2], CategoryDeviation = 1");
        Custom([4, 3]).ToString().Should().Be("CustomLayer { Name = n, Kind = Torch, Inputs = 2, Outputs = 1, Tensors = [weight (Weight) [4, 3]] }");
        new EnsembleLayer([new(2, 1, [new LinearLayer(2, 1)])], EnsembleMean.Values).ToString().Should().Contain("Members = [[LinearLayer { Inputs = 2");
    }

    [TestMethod]
    public void ToString_SameInAnotherKindOfList_IsTheSame()
    {
        Embedding([0], new List<int> { 2 }).ToString().Should().Be(Embedding(new List<int> { 0 }, [2]).ToString());
        Custom([4, 3]).Should().Be(Custom(new List<int> { 4, 3 })).And.NotBe(Custom([3, 4]));
        Custom([4, 3]).GetHashCode().Should().Be(Custom(new List<int> { 4, 3 }).GetHashCode());
    }

    private static EmbeddingLayer Embedding(IReadOnlyList<int> plain, IReadOnlyList<int> dimensions) => new(s_layout, new LinearEmbedding(), plain, dimensions);

    private static CustomLayer Custom(IReadOnlyList<int> shape) => new("n", "Torch", 2, 1, [new CustomTensor("weight", ParameterRole.Weight, shape)]);
}
