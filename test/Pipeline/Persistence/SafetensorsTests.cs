using System.Buffers.Binary;
using System.Text;
using MLExtensions.Archives;
using MLExtensions.Archives.Tensors;

namespace MLExtensions.Pipeline.Tests;

[TestClass]
public sealed class SafetensorsTests
{
    private static readonly Tensor[] s_tensors =
    [
        new("layer.weight", [2, 3], new[] { 0, 1.5f, -2, float.Epsilon, float.MaxValue, -0f }),
        new("mean", [2], new[] { Math.PI, -1e300 }),
        new("scalar", [], new[] { 7f }),
        new("none", [0, 4], Array.Empty<double>()),
    ];

    [TestMethod]
    public void Write_Tensors_IsByteForByteWhatPythonWrites()
    {
        byte[] reference = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Reference", "python.safetensors"));

        Safetensors.Write(s_tensors).Should().Equal(reference);
    }

    [TestMethod]
    public void Read_WhatPythonWrote_GivesTheTensors()
    {
        byte[] reference = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Reference", "python.safetensors"));

        ShouldBe(Safetensors.Read(reference), s_tensors);
    }

    [TestMethod]
    public void Write_AnyNames_AlignsValuesAndKeepsNames()
    {
        for (int length = 0; length < 20; length++)
        {
            Tensor[] tensors = [new(new string('x', length), [1], new[] { 1.0 }), new("\"Größe\" \\ 价格", [1], new[] { 2f })];

            byte[] file = Safetensors.Write(tensors);

            (BinaryPrimitives.ReadInt64LittleEndian(file) % 8).Should().Be(0);
            ShouldBe(Safetensors.Read(file), tensors);
        }
    }

    [TestMethod]
    public void Read_Metadata_IsLeftOut()
    {
        byte[] file = FileOf("""{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4);

        Safetensors.Read(file).Should().ContainSingle().Which.Name.Should().Be("a");
    }

    [TestMethod]
    [DataRow("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "tensor 'a' is of type F16, expected F32 or F64")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "tensor 'a' of shape [2] does not fit its place in the 4 bytes of values")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "tensor 'a' of shape [1] does not fit its place in the 8 bytes of values")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "tensor 'a' of shape [2] does not fit its place in the 4 bytes of values")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "4 bytes follow the last tensor")]
    [DataRow("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "its header is malformed: *")]
    [DataRow("""{"a":{"dtype":"F64","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4, "its header is malformed: *")]
    [DataRow("""{"a":{"dtype":"F32","shape":[0,2147483647],"data_offsets":[0,0,0]}}""", 0, "tensor 'a' of shape * does not fit *")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "*")]
    [DataRow("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "its header is malformed: *")]
    [DataRow("""{"a":{"dtype":null,"shape":[1],"data_offsets":[0,4]}}""", 4, "*")]
    [DataRow("""{"a":7}""", 0, "its header is malformed: *")]
    [DataRow("""[1, 2]""", 0, "its header is malformed: *")]
    [DataRow("""{"a":""", 0, "its header is malformed: *")]
    public void Read_HeaderThatDoesNotFit_IsRefused(string header, int dataBytes, string message)
    {
        byte[] file = FileOf(header, dataBytes);

        Action read = () => Safetensors.Read(file);

        read.Should().Throw<FormatException>().WithMessage(message);
    }

    [TestMethod]
    [DataRow(1L)]
    [DataRow(-8L)]
    [DataRow(9L)]
    [DataRow(long.MaxValue)]
    public void Read_HeaderLengthThatDoesNotFit_IsRefusedWithoutAllocating(long claimed)
    {
        byte[] file = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(file, claimed);

        Action read = () => Safetensors.Read(file);

        read.Should().Throw<FormatException>().WithMessage($"its header claims {claimed} of 16 bytes");
    }

    [TestMethod]
    public void Read_ShapeOfTwoGigabytesOverFourBytes_AllocatesNothingForIt()
    {
        byte[] file = FileOf("""{"a":{"dtype":"F32","shape":[500000000],"data_offsets":[0,2000000000]}}""", 4);
        Action read = () => Safetensors.Read(file);

        long before = GC.GetAllocatedBytesForCurrentThread();
        read.Should().Throw<FormatException>();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(16 << 20);
    }

    [TestMethod]
    [DataRow(0x7FC00000u, "NaN")]
    [DataRow(0x7F800000u, "Infinity")]
    [DataRow(0xFF800000u, "-Infinity")]
    public void Read_ValueThatIsNotFinite_IsRefusedByPlace(uint bits, string text)
    {
        byte[] file = Safetensors.Write([new("a", [3], new float[3])]);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(file.Length - 8), bits);

        Action read = () => Safetensors.Read(file);

        read.Should().Throw<FormatException>().WithMessage($"value 1 of tensor 'a' is {text}, expected a finite number");
    }

    [TestMethod]
    public void Tensor_ShapeAndValuesThatDisagree_AreRefused()
    {
        Action make = () => _ = new Tensor("a", [2, 2], new float[3]);

        make.Should().Throw<ArgumentException>().WithMessage("Tensor 'a' of shape [2, 2] needs 4 values, got 3.*");
    }

    [TestMethod]
    public void TensorSet_NameTwice_IsRefused()
    {
        Action make = () => _ = new TensorSet([new("a", [1], new float[1]), new("a", [1], new float[1])]);

        make.Should().Throw<FormatException>().WithMessage("tensor 'a' stands twice");
    }

    private static byte[] FileOf(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        return file;
    }

    private static void ShouldBe(IReadOnlyList<Tensor> actual, IReadOnlyList<Tensor> expected)
    {
        actual.Select(tensor => tensor.Name).Should().Equal(expected.Select(tensor => tensor.Name));
        foreach (var (one, other) in actual.Zip(expected))
        {
            one.Shape.Should().Equal(other.Shape);
            one.Values.Should().BeOfType(other.Values.GetType());
            one.Values.Cast<object>().Select(value => Convert.ToHexString(value is float single ? BitConverter.GetBytes(single) : BitConverter.GetBytes((double)value)))
                .Should().Equal(other.Values.Cast<object>().Select(value => Convert.ToHexString(value is float single ? BitConverter.GetBytes(single) : BitConverter.GetBytes((double)value))));
        }
    }
}
