using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// The fixed-size start of every Model.key entry. Behind it stand the component's own block and a tail that repeats the magic.
/// </summary>
internal struct ModelHeader
{
    public const int Size = 256;

    // Not the mark of the real ML.NET: the two builds do not read each other's archives, and should say so.
    private const ulong Magic = 0x4C4D2D444E415453;

    public ulong ModelSignature;
    public uint ModelVerWritten;
    public uint ModelVerReadable;
    public long BlockLength;
    public string LoaderSignature;
    public string LoaderAssemblyName;

    public readonly void Write(BinaryWriter writer)
    {
        var bytes = new byte[Size];
        using var header = new BinaryWriter(new MemoryStream(bytes));
        header.Write(Magic);
        header.Write(ModelSignature);
        header.Write(ModelVerWritten);
        header.Write(ModelVerReadable);
        header.Write(BlockLength);
        header.Write(LoaderSignature ?? "");
        header.Write(LoaderAssemblyName ?? "");
        writer.Write(bytes);
    }

    public static void WriteTail(BinaryWriter writer) => writer.Write(Magic);

    public static ModelHeader Read(BinaryReader reader)
    {
        long start = reader.BaseStream.Position;
        Contracts.CheckDecode(reader.BaseStream.Length - start >= Size);
        Contracts.CheckDecode(reader.ReadUInt64() == Magic, "Wrong file type");
        var header = new ModelHeader
        {
            ModelSignature = reader.ReadUInt64(),
            ModelVerWritten = reader.ReadUInt32(),
            ModelVerReadable = reader.ReadUInt32(),
            BlockLength = reader.ReadInt64(),
            LoaderSignature = reader.ReadString(),
            LoaderAssemblyName = reader.ReadString(),
        };
        long end = start + Size + header.BlockLength;
        Contracts.CheckDecode(header.BlockLength >= 0 && end <= reader.BaseStream.Length - sizeof(ulong));
        reader.BaseStream.Position = end;
        Contracts.CheckDecode(reader.ReadUInt64() == Magic);
        reader.BaseStream.Position = start + Size;
        return header;
    }

    public readonly void CheckVersionInfo(VersionInfo version)
    {
        Contracts.CheckDecode(ModelSignature == version.ModelSignature, "Unknown file type");
        Contracts.CheckDecode(ModelVerReadable <= ModelVerWritten, "Corrupt file header");
        Contracts.CheckDecode(ModelVerReadable <= version.VerWrittenCur, Unreadable("new"));
        Contracts.CheckDecode(ModelVerWritten >= version.VerWeCanReadBack, Unreadable("old"));
    }

    private readonly string Unreadable(string age)
        => $"Cause: ML.NET {typeof(ModelHeader).Assembly.GetName().Version} cannot read component '{LoaderSignature}' of the model, "
            + $"because the model is too {age}.";
}
