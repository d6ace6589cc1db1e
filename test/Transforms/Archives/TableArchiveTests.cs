using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class TableArchiveTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    private static readonly TableEncodingOptions s_options = new() { MinimumCount = 2, Numbers = ["Rooms"], MissingTexts = ["?"], Categories = ["Took"] };

    public static IEnumerable<object[]> Encodings => [[CategoryEncoding.Index], [CategoryEncoding.OneHot]];

    [TestMethod]
    public void Load_Encoder_KnowsWhatItKnew()
    {
        var data = TableData.Load(s_ml);
        var encoder = Fit(CategoryEncoding.Index);

        var loaded = SavedModels.ThroughFile(encoder, data.Schema).Should().BeOfType<TableEncodingTransformer>().Which;

        loaded.OutputColumnName.Should().Be("Features");
        loaded.Options.Should().BeEquivalentTo(encoder.Options);
        loaded.Columns.Should().BeEquivalentTo(encoder.Columns, options => options.WithStrictOrdering().RespectingRuntimeTypes());
        loaded.Columns.ToString().Should().Be(encoder.Columns.ToString());
        RowTexts.Of(loaded.Transform(data)).Should().Equal(RowTexts.Of(encoder.Transform(data)));
    }

    [TestMethod]
    public void Load_ManySlotNames_AreRequiredStill()
    {
        const int Slots = 5000;
        var data = s_ml.Data.LoadFromEnumerable([new Wide { Values = new float[Slots] }], Schema(Slots, "s"));
        var loaded = SavedModels.ThroughStream(s_ml.Transforms.EncodeTable("Features", "Values").Fit(data), null);

        loaded.Invoking(encoder => encoder.GetOutputSchema(s_ml.Data.LoadFromEnumerable([new Wide()], Schema(Slots, "other")).Schema))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("Schema mismatch for input column 'Values': expected the slots of the encoder, got 'other0' in slot 0 for another name, *");
    }

    [TestMethod]
    public void Encoder_InAnotherProcess_GivesTheSameBits()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Color", TextDataViewType.Instance);
        schema.AddColumn("Height", NumberDataViewType.Single);
        schema.AddColumn("Weight", NumberDataViewType.Double);
        schema.AddColumn("Known", BooleanDataViewType.Instance);
        var encoder = s_ml.Transforms.EncodeTable("Features", "Color", "Height", "Weight", "Known").Fit(TableData.Load(s_ml));

        OtherProcess.ShouldScoreTheSame(encoder, schema.ToSchema(), ["red,1.5,2,1", "?,NaN,0.1,0", "purple,7,-3,0"]);
    }

    [TestMethod]
    [DynamicData(nameof(Encodings))]
    public void Load_Flip_IsRefused(CategoryEncoding encoding) => ArchiveFuzz.EveryFlipIsRefused(ArchiveOf(encoding), step: 23);

    [TestMethod]
    [DynamicData(nameof(Encodings))]
    public void Load_SealedForgery_IsRefusedOrEncodes(CategoryEncoding encoding) =>
        ArchiveFuzz.SealedForgeriesAreRefusedOrScore(ArchiveOf(encoding), 300, Encode).Should().BeInRange(100, 299);

    [TestMethod]
    [DynamicData(nameof(Encodings))]
    public void Load_AlteredFile_IsRefusedOrEncodes(CategoryEncoding encoding) =>
        ArchiveFuzz.AlteredFilesAreRefusedOrScore(ArchiveOf(encoding), 60, Encode).Should().BeInRange(10, 60);

    private static void Encode(ITransformer model) => RowTexts.Of(model.Transform(TableData.Load(s_ml))).Should().NotBeEmpty();

    private static byte[] ArchiveOf(CategoryEncoding encoding) => SavedModels.ToBytes(Fit(encoding), null);

    private static TableEncodingTransformer Fit(CategoryEncoding encoding) =>
        s_ml.Transforms.EncodeTable("Features", s_options with { CategoryEncoding = encoding }, TableData.Names).Fit(TableData.Load(s_ml));

    private static SchemaDefinition Schema(int slots, string prefix)
    {
        var schema = SchemaDefinition.Create(typeof(Wide));
        schema["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slots);
        ReadOnlyMemory<char>[] names = [.. Enumerable.Range(0, slots).Select(slot => $"{prefix}{slot}".AsMemory())];
        schema["Values"].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(slots, names), new VectorDataViewType(TextDataViewType.Instance, slots));
        return schema;
    }

    private sealed class Wide
    {
        public float[] Values { get; set; } = [];
    }
}
