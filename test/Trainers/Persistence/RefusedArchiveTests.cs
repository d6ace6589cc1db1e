using System.Text.Json.Nodes;
using MLExtensions.Archives;
using MLExtensions.Networks;
using MLExtensions.Pipeline;
using MLExtensions.TestSupport;
using MLExtensions.Trainers.Models;
using MLExtensions.Trainers.Tasks.Binary;
using MLExtensions.Trainers.Tasks.Regression;

namespace MLExtensions.Trainers.Tests;

/// <summary>Archives that are damaged, newer, or sealed but impossible are refused with what is wrong.</summary>
[TestClass]
public sealed class RefusedArchiveTests
{
    private const string DescriptionEntry = "Description.json";
    private const string TensorsEntry = "Tensors.safetensors";

    private static readonly LearningTask[] s_tasks = Enum.GetValues<LearningTask>();

    [TestMethod]
    [DataRow(DescriptionEntry)]
    [DataRow(TensorsEntry)]
    public void Load_ByteFlipped_NamesTheEntry(string entry)
    {
        foreach (var task in s_tasks)
        {
            var archive = ArchiveOf(task);
            string name = archive.Find(entry);
            byte[] content = archive[name];

            foreach (int position in PositionsOf(content.Length))
            {
                byte[] damaged = [.. content];
                damaged[position] ^= 0x10;
                RefusalOf(archive.With(name, damaged)).Should().Be(Refused(task, entry, "its checksum does not match"));
            }
        }
    }

    [TestMethod]
    [DataRow(DescriptionEntry)]
    [DataRow(TensorsEntry)]
    public void Load_EntryCut_NamesTheEntryAndTheLengths(string entry)
    {
        foreach (var task in s_tasks)
        {
            var archive = ArchiveOf(task);
            string name = archive.Find(entry);
            byte[] content = archive[name];

            foreach (int length in PositionsOf(content.Length))
                RefusalOf(archive.With(name, content[..length])).Should().Be(Refused(task, entry, $"expected {content.Length} bytes, found {length}"));
        }
    }

    [TestMethod]
    public void Load_NewerFormatVersion_SaysToUpdate()
    {
        foreach (var task in s_tasks)
        {
            var (format, description, tensors) = Sound(task);

            RefusalOf(format with { Version = 2 }, description, tensors).Should().Be(Refused(task, DescriptionEntry,
                "it is of format version 2, and this version of MLExtensions.Trainers (0.1.0) reads up to 1: update that package"));
        }
    }

    [TestMethod]
    public void Load_NothingForged_IsAccepted()
    {
        foreach (var task in s_tasks)
        {
            var (format, description, tensors) = Sound(task);

            Action load = () => Load(format, description, tensors);

            load.Should().NotThrow();
        }
    }

    [TestMethod]
    [DataRow("Network.Inputs", "0", "a network of 0 inputs and 1 output is impossible")]
    [DataRow("Network.Inputs", "-3", "a network of -3 inputs and 1 output is impossible")]
    [DataRow("Network.Outputs", "0", "a network of 3 inputs and 0 outputs is impossible")]
    [DataRow("Network.Inputs", "4", "layer 0 (LinearLayer { Inputs = 3, Outputs = 2, DropConnectRate = 0 }) does not fit the 4 units before it")]
    [DataRow("Network.Outputs", "2", "the layers end with 1 unit in place of a linear layer of 2")]
    [DataRow("Network.Layers", "[]", "the layers end with 3 units in place of a linear layer of 1")]
    [DataRow("Network.Layers.0.Outputs", "3", "layer 1 (BatchNormalizationLayer { Size = 2, *) does not fit the 3 units before it")]
    [DataRow("Network.Layers.0.Outputs", "-2", "layer 0 (LinearLayer { Inputs = 3, Outputs = -2, DropConnectRate = 0 }) does not fit the 3 units before it")]
    [DataRow("Network.Layers.0.DropConnectRate", "1", "layer 0 (LinearLayer *) does not fit the 3 units before it")]
    [DataRow("Network.Layers.0", "null", "layer 0 () does not fit the 3 units before it")]
    [DataRow("Network.Layers.1.Epsilon", "0", "layer 1 (BatchNormalizationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.1.Epsilon", "\"NaN\"", "layer 1 (BatchNormalizationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.1.Epsilon", "\"Infinity\"", "layer 1 (BatchNormalizationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.1.Momentum", "1.5", "layer 1 (BatchNormalizationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.0", "{\"Layer\":\"neighbor-means\",\"Layout\":{\"Width\":3,\"Categories\":[]},\"Pairs\":[{\"First\":0,\"Second\":3}],\"Points\":2,\"Values\":1,\"Neighbors\":1}", "layer 0 (NeighborMeansLayer { Layout = 3 slots, no categories, Pairs = [0-3], *) does not fit the 3 units before it")]
    [DataRow("Network.Layers.0", "{\"Layer\":\"neighbor-means\",\"Layout\":{\"Width\":3,\"Categories\":[]},\"Pairs\":[],\"Points\":2,\"Values\":1,\"Neighbors\":1}", "layer 0 (NeighborMeansLayer *) does not fit the 3 units before it")]
    [DataRow("Network.Layers.0", "{\"Layer\":\"neighbor-means\",\"Layout\":{\"Width\":3,\"Categories\":[]},\"Pairs\":[{\"First\":0,\"Second\":1}],\"Points\":2147483647,\"Values\":2147483647,\"Neighbors\":1}", "layer 0 (NeighborMeansLayer *) does not fit the 3 units before it")]
    [DataRow("Network.Layers.1", "{\"Layer\":\"neighbor-means\",\"Layout\":{\"Width\":2,\"Categories\":[]},\"Pairs\":[{\"First\":0,\"Second\":1}],\"Points\":2,\"Values\":1,\"Neighbors\":1}", "layer 1 (NeighborMeansLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.1", "{\"Layer\":\"layer-normalization\",\"Size\":3}", "layer 1 (LayerNormalizationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.1", "{\"Layer\":\"layer-normalization\",\"Size\":2,\"Epsilon\":0}", "layer 1 (LayerNormalizationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2", "{\"Layer\":\"scaling\",\"Size\":3}", "layer 2 (ScalingLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2", "{\"Layer\":\"one-hot\",\"Layout\":{\"Width\":2,\"Categories\":[]}}",
        "layer 2 (OneHotLayer { Layout = 2 slots, no categories }) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2", "{\"Layer\":\"prelu\",\"Size\":3}", "layer 2 (PReluLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2", "{\"Layer\":\"maxout\",\"Units\":2,\"Pieces\":2}", "layer 2 (MaxoutLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2", "{\"Layer\":\"maxout\",\"Units\":2,\"Pieces\":1}", "layer 2 (MaxoutLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2", "{\"Layer\":\"maxout\",\"Units\":2147483647,\"Pieces\":2147483647}", "layer 2 (MaxoutLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2.Activation", "{\"Name\":\"custom\",\"RegisteredName\":\"acme.sine\"}",
        "RegisteredName 'acme.sine' is not that of a function: call CustomActivation.Register(\"acme.sine\", ...) before training or loading")]
    [DataRow("Network.Layers.2.Activation", "{\"Name\":\"custom\",\"RegisteredName\":null}", "*egisteredName*")]
    [DataRow("Network.Layers.2.Activation", "{\"Name\":\"prelu\"}", "layer 2 (ActivationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2.Activation", "{\"Name\":\"maxout\"}", "layer 2 (ActivationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2.Activation", "{\"Name\":\"leaky-relu\",\"Slope\":\"NaN\"}", "layer 2 (ActivationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2.Activation", "{\"Name\":\"elu\",\"Alpha\":\"Infinity\"}", "layer 2 (ActivationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2.Activation", "{\"Name\":\"softplus\",\"Beta\":0}", "layer 2 (ActivationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.2.Activation", "{\"Name\":\"gelu\",\"Form\":9}", "layer 2 (ActivationLayer *) does not fit the 2 units before it")]
    [DataRow("Network.Layers.3.Rate", "1", "layer 3 (DropoutLayer { Rate = 1 }) does not fit the 2 units before it")]
    [DataRow("Network.Layers.3.Rate", "\"NaN\"", "layer 3 (DropoutLayer { Rate = NaN }) does not fit the 2 units before it")]
    [DataRow("Network.Layers.0.Layer", "\"convolution\"", "*convolution*")]
    [DataRow("Network.Layers.2.Activation", "null", "*Activation*")]
    [DataRow("Network.Layers.2.Activation.Name", "\"swishy\"", "*swishy*")]
    [DataRow("Network.Layers", "null", "*Layers*")]
    [DataRow("Network", "null", "*Network*")]
    [DataRow("FeatureColumn", "null", "*FeatureColumn*")]
    [DataRow("FeatureColumn", "\"\"", "the name of the feature column is empty")]
    [DataRow("History.StopReason", "99", "the reason 99 to stop is unknown")]
    [DataRow("History.Epochs.0", "null", "an epoch of the history is null")]
    [DataRow("History.BestEpoch", "-1", "a history of 1 epoch, the best of which is -1, over 51 training and 9 validation rows is impossible")]
    [DataRow("History.BestEpoch", "2", "a history of 1 epoch, the best of which is 2, over 51 training and 9 validation rows is impossible")]
    [DataRow("History.TrainingRows", "-5", "a history of 1 epoch, the best of which is *, over -5 training and 9 validation rows is impossible")]
    [DataRow("Spread", "{\"DropoutPasses\": 1, \"Seed\": 1}", "1 passes with dropout are impossible")]
    [DataRow("Network.Inputs", "2147483647", "a layer of 2147483647 values is too wide, 22368597 are possible")]
    [DataRow("Network.Layers.0.Outputs", "1000000000", "a layer of 1000000000 values is too wide, 22368597 are possible")]
    [DataRow("History", "null", "*History*")]
    [DataRow("History.Epochs", "null", "*Epochs*")]
    [DataRow("History.StopReason", "\"Boredom\"", "*StopReason*")]
    [DataRow("Network.Inputs", "\"three\"", "*Inputs*")]
    public void Load_DescriptionThatCannotBe_SaysWhatIsWrong(string path, string value, string expected)
    {
        var (format, description, tensors) = Sound(LearningTask.Binary);
        Set(description, path, JsonNode.Parse(value));

        RefusalOf(format, description, tensors).Should().Match(Refused(LearningTask.Binary, DescriptionEntry, expected));
    }

    [TestMethod]
    public void Load_SecondHistoryThatCannotBe_IsRefused()
    {
        var (format, description, tensors) = Sound(LearningTask.Binary);
        var second = description["History"]!.DeepClone();
        second["BestEpoch"] = -1;
        description["History"]!["Refit"] = second;

        RefusalOf(format, description, tensors).Should().Match(Refused(LearningTask.Binary, DescriptionEntry, "a history of 1 epoch, the best of which is -1, over 51 training and 9 validation rows is impossible"));
    }

    [TestMethod]
    public void Load_OptionThatIsNull_IsRefused()
    {
        var (format, description, tensors) = Sound(LearningTask.Binary);
        description["History"]!["Options"]!.AsArray()[0] = null;

        RefusalOf(format, description, tensors).Should().Match(Refused(LearningTask.Binary, DescriptionEntry, "an option of the history is null"));
    }

    [TestMethod]
    public void Load_IntervalThatCannotBe_IsRefused()
    {
        var (format, description, tensors) = Sound(LearningTask.Regression);
        description["Regression"]!["Interval"] = JsonNode.Parse("{\"Coverage\": 1.5, \"Margins\": [1], \"HeldOutRows\": 3}");

        RefusalOf(format, description, tensors).Should().Match(Refused(LearningTask.Regression, DescriptionEntry, "an interval of coverage 1.5, 1 margins and 3 rows does not fit 1 label"));
    }

    [TestMethod]
    [DataRow("Width", "4", "layer 0 (OneHotLayer { Layout = 4 slots, categories 1: 2 }) does not fit the 3 units before it")]
    [DataRow("Width", "2", "layer 0 (OneHotLayer { Layout = 2 slots, categories 1: 2 }) does not fit the 3 units before it")]
    [DataRow("Width", "1", "The slots of categories must ascend from 0 to 0, got 1 where at least 0 was expected. (Parameter 'categories')")]
    [DataRow("Width", "0", "*'0'*")]
    [DataRow("Categories.0.Count", "3", "layer 1 (LinearLayer { Inputs = 4, Outputs = 2, DropConnectRate = 0 }) does not fit the 5 units before it")]
    [DataRow("Categories.0.Count", "0", "Slot 1 must have from 1 to 16777216 categories, got 0. (Parameter 'categories')")]
    [DataRow("Categories.0.Count", "-2", "Slot 1 must have from 1 to 16777216 categories, got -2. (Parameter 'categories')")]
    [DataRow("Categories.0.Count", "2147483647", "Slot 1 must have from 1 to 16777216 categories, got 2147483647. (Parameter 'categories')")]
    [DataRow("Categories.0.Count", "1.5", "*Count*")]
    [DataRow("Categories.0.Slot", "-1", "The slots of categories must ascend from 0 to 2, got -1 where at least 0 was expected. (Parameter 'categories')")]
    [DataRow("Categories.0.Slot", "3", "The slots of categories must ascend from 0 to 2, got 3 where at least 0 was expected. (Parameter 'categories')")]
    [DataRow("Categories", "[{\"Slot\":1,\"Count\":2},{\"Slot\":1,\"Count\":2}]", "The slots of categories must ascend from 0 to 2, got 1 where at least 2 was expected. (Parameter 'categories')")]
    [DataRow("Categories.0", "null", "*Categories*")]
    [DataRow("Categories.0", "{\"Slot\":1}", "*Count*")]
    [DataRow("Categories.0", "{\"Count\":2}", "*Slot*")]
    [DataRow("Categories", "null", "*")]
    public void Load_LayoutThatCannotBe_SaysWhatIsWrong(string path, string value, string expected)
    {
        var (format, description, tensors) = Sound(LearningTask.Binary);
        Set(description, "Network.Layers", JsonNode.Parse("""
            [{"Layer":"one-hot","Layout":{"Width":3,"Categories":[{"Slot":1,"Count":2}]}},
             {"Layer":"linear","Inputs":4,"Outputs":2},{"Layer":"linear","Inputs":2,"Outputs":1}]
            """));
        Set(description, $"Network.Layers.0.Layout.{path}", JsonNode.Parse(value));

        RefusalOf(format, description, tensors).Should().Match(Refused(LearningTask.Binary, DescriptionEntry, expected));
    }

    [TestMethod]
    [DataRow("Inputs", "4", "the network 'net' maps 4 features to 1 output in place of 3 to 1")]
    [DataRow("Outputs", "2", "the network 'net' maps 3 features to 2 outputs in place of 3 to 1")]
    [DataRow("Kind", "\"\"", "networks of kind '' are impossible")]
    [DataRow("Kind", "\"Torch(x)\"", "networks of kind 'Torch(x)' are impossible")]
    [DataRow("Tensors.0", "null", "tensor '' of the network 'net' is impossible")]
    [DataRow("Tensors.0.Name", "\"b\"", "tensor 'b' of the network 'net' is impossible")]
    [DataRow("Tensors.0.Role", "\"RunningMean\"", "tensor 'a' of the network 'net' is impossible")]
    [DataRow("Tensors.0.Shape", "[2, -1]", "tensor 'a' of the network 'net' is impossible")]
    [DataRow("Tensors.0.Shape", "[2, 4]", "tensor '0.a' is *, expected *")]
    [DataRow("Tensors.0.Shape", "[65536, 65536]", "*overflow*")]
    [DataRow("Tensors", "null", "*Tensors*")]
    [DataRow("Name", "null", "*Name*")]
    public void Load_CustomNetworkThatCannotBe_SaysWhatIsWrong(string path, string value, string expected)
    {
        var (format, description, _) = Sound(LearningTask.Binary);
        Set(description, "Network.Layers", JsonNode.Parse("""
            [{"Layer":"custom","Name":"net","Kind":"Torch","Inputs":3,"Outputs":1,
              "Tensors":[{"Name":"a","Role":"Weight","Shape":[2,3]},{"Name":"b","Role":"CustomState","Shape":[]}]}]
            """));
        Set(description, $"Network.Layers.0.{path}", JsonNode.Parse(value));

        RefusalOf(format, description, [new Tensor("0.a", [2, 3], new float[6]), new Tensor("0.b", [], new float[1])]).Should()
            .Match(Refused(LearningTask.Binary, DescriptionEntry, expected));
    }

    [TestMethod]
    [DataRow(LearningTask.Binary, "FeatureColumn", "Network", "History")]
    [DataRow(LearningTask.Multiclass, "FeatureColumn", "Network", "History", "Labels")]
    [DataRow(LearningTask.Regression, "FeatureColumn", "Network", "History", "Regression")]
    public void Load_PartOfTheDescriptionMissing_IsRefused(LearningTask task, params string[] parts)
    {
        foreach (string part in parts)
        {
            var (format, description, tensors) = Sound(task);
            description.Remove(part);

            RefusalOf(format, description, tensors).Should().StartWith(Refused(task, DescriptionEntry, "")[..^1]).And.Contain(part);
        }
    }

    [TestMethod]
    public void Load_LayersThatNeedMoreMemoryThanThereIs_IsRefusedWithoutAllocatingIt()
    {
        foreach (int width in new[] { 1_000_000_000, int.MaxValue })
        {
            var (format, description, tensors) = Sound(LearningTask.Binary);
            Set(description, "Network.Layers", JsonNode.Parse(
                $$"""[{"Layer":"linear","Inputs":3,"Outputs":{{width}}},{"Layer":"linear","Inputs":{{width}},"Outputs":1}]"""));

            RefusalOf(format, description, tensors).Should().StartWith(Refused(LearningTask.Binary, DescriptionEntry, "")[..^1]);
        }
    }

    [TestMethod]
    public void Load_TensorMissing_NamesIt()
    {
        foreach (var task in s_tasks)
        {
            var (format, description, tensors) = Sound(task);

            foreach (var missing in tensors)
                RefusalOf(format, description, [.. tensors.Except([missing])]).Should().Be(Refused(task, DescriptionEntry, $"tensor '{missing.Name}' is missing"));
        }
    }

    [TestMethod]
    public void Load_TensorOfOtherShapeOrType_TellsBoth()
    {
        foreach (var task in s_tasks)
        {
            var (format, description, tensors) = Sound(task);

            foreach (var (index, tensor) in tensors.Index())
            {
                Tensor longer = tensor.Values is float[] singles ? new(tensor.Name, [singles.Length + 1], [.. singles, 1]) : new(tensor.Name, [tensor.Shape[0] + 1], new double[tensor.Shape[0] + 1]);
                Tensor other = tensor.Values is float[]? new(tensor.Name, tensor.Shape, new double[tensor.Values.Length]) : new(tensor.Name, tensor.Shape, new float[tensor.Values.Length]);

                foreach (var forged in new[] { longer, other })
                {
                    RefusalOf(format, description, [.. tensors[..index], forged, .. tensors[(index + 1)..]]).Should()
                        .Match(Refused(task, DescriptionEntry, $"tensor '{tensor.Name}' is *, expected *"));
                }
            }
        }
    }

    [TestMethod]
    public void Load_TensorThatNoOneKnows_IsRefused()
    {
        foreach (var task in s_tasks)
        {
            var (format, description, tensors) = Sound(task);

            RefusalOf(format, description, [.. tensors, new Tensor("99.weight", [1], new float[1])]).Should()
                .Be(Refused(task, DescriptionEntry, "it does not know tensor '99.weight'"));
        }
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    public void Load_WeightThatIsNotFinite_NamesTheTensor(float value)
    {
        var (format, description, tensors) = Sound(LearningTask.Multiclass);
        ((float[])tensors[0].Values)[1] = value;

        RefusalOf(format, description, tensors).Should().Match(Refused(LearningTask.Multiclass, TensorsEntry, $"*'{tensors[0].Name}'*"));
    }

    [TestMethod]
    [DataRow(-0.5f)]
    [DataRow(-float.Epsilon)]
    public void Load_NegativeRunningVariance_NamesTensorPlaceAndValue(float value)
    {
        var (format, description, tensors) = Sound(LearningTask.Binary);
        var variances = tensors.Single(tensor => tensor.Name == "1.running_var");
        ((float[])variances.Values)[1] = value;

        RefusalOf(format, description, tensors).Should().Be(Refused(LearningTask.Binary, TensorsEntry,
            FormattableString.Invariant($"value 1 of tensor '1.running_var' is {(double)value}, expected a variance, 0 or more")));
    }

    [TestMethod]
    public void Load_EdgesThatDescend_NameTensorPlaceAndValue()
    {
        var (format, description, tensors) = Sound(LearningTask.Binary, new PiecewiseLinearEmbedding { Bins = 3 });
        float[] edges = (float[])tensors.Single(tensor => tensor.Name == "0.edges").Values;
        edges[2] = edges[1] - 1;

        RefusalOf(format, description, tensors).Should().Be(Refused(LearningTask.Binary, TensorsEntry,
            FormattableString.Invariant($"value 2 of tensor '0.edges' is {(double)edges[2]}, expected at least {edges[1]}, the one before it")));
    }

    [TestMethod]
    [DataRow("""{"Type":"Text","Texts":["a","b"]}""", "2 labels do not fit 3 classes")]
    [DataRow("""{"Type":"Complex","Texts":["a","b","c"]}""", "labels of type Complex are unknown")]
    [DataRow("""{"Type":"Int32","Texts":["1","2","x"]}""", "*")]
    [DataRow("""{"Type":"Int32","Texts":["1","2","99999999999"]}""", "*")]
    [DataRow("""{"Type":"Int32","Texts":null}""", "*Texts*")]
    [DataRow("""{"Type":null,"Texts":["a","b","c"]}""", "*Type*")]
    [DataRow("""{"Type":"Text","Texts":["a",null,"c"]}""", "a label is null")]
    public void Load_LabelsThatCannotBe_SaysWhatIsWrong(string labels, string expected)
    {
        var (format, description, tensors) = Sound(LearningTask.Multiclass);
        Set(description, "Labels", JsonNode.Parse(labels));

        RefusalOf(format, description, tensors).Should().Match(Refused(LearningTask.Multiclass, DescriptionEntry, expected));
    }

    [TestMethod]
    public void Load_ModelOfAnotherTask_IsRefused()
    {
        var (format, _, _) = Sound(LearningTask.Regression);
        var (_, description, tensors) = Sound(LearningTask.Binary);

        RefusalOf(format, description, tensors).Should().Be(Refused(LearningTask.Regression, DescriptionEntry, "a regression model needs its Regression part"));
    }

    [TestMethod]
    public void Load_BinaryModelOfSeveralOutputs_IsRefused()
    {
        var (_, description, tensors) = Sound(LearningTask.Multiclass);
        Set(description, "Labels", null);

        RefusalOf(DeepMlpFormat.FormatOf(BinaryArchive.Loader), description, tensors).Should()
            .Be(Refused(LearningTask.Binary, DescriptionEntry, "a network of 3 outputs does not fit a score of one number"));
    }

    [TestMethod]
    public void Load_RegressionModelOfSeveralOutputsForOneNumber_IsRefused()
    {
        var (_, description, tensors) = Sound(LearningTask.Multiclass);
        Set(description, "Labels", null);
        Set(description, "Regression", JsonNode.Parse("""{"VectorLabel":false,"ClampScores":true}"""));

        RefusalOf(DeepMlpFormat.FormatOf(RegressionArchive.Loader), description, tensors).Should()
            .Be(Refused(LearningTask.Regression, DescriptionEntry, "a network of 3 outputs does not fit a score of one number"));
    }

    [TestMethod]
    [DataRow("label.standard_deviations", 0.0)]
    [DataRow("label.standard_deviations", -1.0)]
    [DataRow("label.minima", 1e9)]
    [DataRow("label.maxima", -1e9)]
    public void Load_LabelStatisticsThatCannotBe_IsRefused(string name, double value)
    {
        var (format, description, tensors) = Sound(LearningTask.Regression);
        ((double[])tensors.Single(tensor => tensor.Name == name).Values)[0] = value;

        RefusalOf(format, description, tensors).Should().Be(Refused(LearningTask.Regression, DescriptionEntry, "the label statistics of output 0 are impossible"));
    }

    [TestMethod]
    [DataRow("Regression.LabelTransform", "9", "the label transform 9 is unknown")]
    [DataRow("Regression.LabelTransform", "\"Squared\"", "*LabelTransform*")]
    [DataRow("Regression.Quantiles", "[0.2,0.8]", "2 quantiles do not fit 1 output, or they are not ascending between 0 and 1")]
    [DataRow("Regression.Quantiles", "[1.5]", "1 quantile does not fit 1 output, or they are not ascending between 0 and 1")]
    [DataRow("Regression.Quantiles", "[]", "0 quantiles do not fit 1 output, or they are not ascending between 0 and 1")]
    public void Load_RegressionThatCannotBe_SaysWhatIsWrong(string path, string value, string expected)
    {
        var (format, description, tensors) = Sound(LearningTask.Regression);
        Set(description, path, JsonNode.Parse(value));

        RefusalOf(format, description, tensors).Should().Match(Refused(LearningTask.Regression, DescriptionEntry, expected));
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("-1")]
    [DataRow("\"NaN\"")]
    [DataRow("\"Infinity\"")]
    public void Load_TemperatureThatCannotBe_IsRefused(string value)
    {
        foreach (var task in new[] { LearningTask.Binary, LearningTask.Multiclass })
        {
            var (format, description, tensors) = Sound(task);
            Set(description, "Temperature", JsonNode.Parse(value));

            RefusalOf(format, description, tensors).Should().Be(Refused(task, DescriptionEntry, $"a temperature of {value.Trim('"')} is impossible"));
        }
    }

    [TestMethod]
    public void Load_DescriptionWithoutLaterParts_HasTheirDefaults()
    {
        foreach (var task in s_tasks)
        {
            var (format, description, tensors) = Sound(task);
            description.Remove("Temperature");
            foreach (string part in new[] { "LabelTransform", "LogLink", "Quantiles" })
                (description["Regression"] as JsonObject)?.Remove(part);

            Action load = () => Load(format, description, tensors);

            load.Should().NotThrow();
        }
    }

    /// <summary>All positions of small entries; of others the first and last and some between.</summary>
    private static IEnumerable<int> PositionsOf(int length) =>
        length <= 600 ? Enumerable.Range(0, length) : Enumerable.Range(0, length).Where(i => i < 64 || i >= length - 64 || i % 37 == 0);

    private static Archive ArchiveOf(LearningTask task, NumberEmbedding? embedding = null) => new(SavedModels.ToBytes(Fitted(task, embedding).Transformer, null));

    private static Fitted Fitted(LearningTask task, NumberEmbedding? embedding = null) => Trainer.Fit(task, options => options with
    {
        NumberEmbedding = embedding,
        HiddenLayers = [2],
        Normalization = Normalization.Batch,
        DropoutRate = 0.1f,
        NumberOfEpochs = 1,
    });

    /// <summary>What a small model writes, for forging.</summary>
    private static (ComponentFormat Format, JsonObject Description, Tensor[] Tensors) Sound(LearningTask task, NumberEmbedding? embedding = null)
    {
        var archive = ArchiveOf(task, embedding);
        var description = JsonNode.Parse(archive[archive.Find(DescriptionEntry)])!["Component"]!.DeepClone().AsObject();
        var model = Fitted(task, embedding).Model;
        var weights = model.CopyWeights();
        var tensors = weights.Layout.Tensors.Select(tensor => new Tensor(tensor.Name, tensor.Shape, weights[tensor].ToArray())).ToList();
        if (model is DeepMlpRegressionModelParameters regression)
        {
            tensors.Add(new Tensor("label.means", [1], regression.LabelMeans.ToArray()));
            tensors.Add(new Tensor("label.standard_deviations", [1], regression.LabelStandardDeviations.ToArray()));
            tensors.Add(new Tensor("label.minima", [1], regression.LabelMinima.ToArray()));
            tensors.Add(new Tensor("label.maxima", [1], regression.LabelMaxima.ToArray()));
        }
        return (DeepMlpFormat.FormatOf(LoaderOf(task)), description, [.. tensors]);
    }

    private static void Set(JsonNode node, string path, JsonNode? value)
    {
        string[] steps = path.Split('.');
        foreach (string step in steps[..^1])
            node = int.TryParse(step, out int index) ? node[index]! : node[step]!;
        if (int.TryParse(steps[^1], out int last))
            node[last] = value;
        else
            node[steps[^1]] = value;
    }

    private static void Load(ComponentFormat format, object description, IReadOnlyList<Tensor> tensors) =>
        SavedModels.FromBytes(SavedModels.ToBytes(new ForgedTransformer(format, description, tensors), null));

    private static string RefusalOf(ComponentFormat format, object description, IReadOnlyList<Tensor> tensors) =>
        RefusalOf(() => Load(format, description, tensors));

    private static string RefusalOf(byte[] archive) => RefusalOf(() => SavedModels.FromBytes(archive));

    private static string RefusalOf(Action load) =>
        load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<FormatException>().Which.Message;

    private static string LoaderOf(LearningTask task) => task switch
    {
        LearningTask.Binary => "MLExtDeepMlpBinary",
        LearningTask.Multiclass => "MLExtDeepMlpMulticlass",
        _ => "MLExtDeepMlpRegression",
    };

    private static string Refused(LearningTask task, string entry, string what) =>
        $"Cannot load model component '{LoaderOf(task)}': entry '{entry}' is refused: {what}.";
}
