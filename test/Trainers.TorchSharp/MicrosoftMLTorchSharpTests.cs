using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MLExtensions.Trainers.Tests;

/// <summary>Microsoft.ML.TorchSharp is built on an older TorchSharp than the one in use here.</summary>
[TestClass]
public sealed class MicrosoftMLTorchSharpTests
{
    private static readonly string s_path = Path.Combine(AppContext.BaseDirectory, "Microsoft.ML.TorchSharp.dll");

    // Stand for the type parameters of whatever generic code a reference stands in; some must be numbers.
    private static readonly Type[] s_anyTypes = [.. Enumerable.Repeat(typeof(float), 8)];

    /// <summary>As README.md says under Limits.</summary>
    [TestMethod]
    public void References_ToTorchSharp_AllResolveButOne()
    {
        var module = Assembly.LoadFrom(s_path).ManifestModule;
        var missing = new List<string>();

        int[] tokens = [.. TokensToTorchSharp()];
        foreach (int token in tokens)
        {
            try
            {
                module.ResolveMember(token, s_anyTypes, s_anyTypes);
            }
            catch (Exception exception) when (exception is MissingMemberException or TypeLoadException)
            {
                missing.Add(exception.Message);
            }
        }

        tokens.Should().HaveCountGreaterThan(370);
        missing.Should().ContainSingle().Which.Should().Contain("functional.interpolate(Tensor, Int64[], Double[], InterpolationMode, System.Nullable`1<Boolean>, Boolean)");
    }

    private static IEnumerable<int> TokensToTorchSharp()
    {
        using var file = new PEReader(File.OpenRead(s_path));
        var reader = file.GetMetadataReader();
        foreach (var handle in reader.TypeReferences)
            if (IsOfTorchSharp(reader, handle))
                yield return MetadataTokens.GetToken(handle);
        foreach (var handle in reader.MemberReferences)
            if (IsOfTorchSharp(reader, reader.GetMemberReference(handle).Parent))
                yield return MetadataTokens.GetToken(handle);
    }

    private static bool IsOfTorchSharp(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => IsOfTorchSharp(reader, reader.GetTypeReference((TypeReferenceHandle)handle).ResolutionScope),
        HandleKind.TypeSpecification => IsOfTorchSharp(reader, GenericDefinition(reader, (TypeSpecificationHandle)handle)),
        HandleKind.AssemblyReference => reader.StringComparer.Equals(reader.GetAssemblyReference((AssemblyReferenceHandle)handle).Name, "TorchSharp"),
        _ => false,
    };

    // The definition of a generic type: 0x15, class or value type, the type. Arrays and the like have no members of TorchSharp's.
    private static EntityHandle GenericDefinition(MetadataReader reader, TypeSpecificationHandle handle)
    {
        var signature = reader.GetBlobReader(reader.GetTypeSpecification(handle).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return default;

        signature.ReadByte();
        return signature.ReadTypeHandle();
    }
}
