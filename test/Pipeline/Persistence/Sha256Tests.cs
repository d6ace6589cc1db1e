using System.Security.Cryptography;
using MLExtensions.Archives.Components;

namespace MLExtensions.Pipeline.Tests;

[TestClass]
public sealed class Sha256Tests
{
    [TestMethod]
    public void HashData_AnyLength_IsThatOfDotNet()
    {
        byte[] bytes = new byte[100_003];
        new Random(1).NextBytes(bytes);

        foreach (int length in Enumerable.Range(0, 300).Append(4096).Append(bytes.Length))
            Sha256.HashData(bytes.AsSpan(0, length)).Should().Equal(SHA256.HashData(bytes.AsSpan(0, length)), $"{length} bytes");
    }
}
