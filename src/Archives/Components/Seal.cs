using System.Buffers.Binary;

namespace MLExtensions.Archives.Components;

/// <summary>Length and SHA-256 of an entry, as they stand in the block of a component's <c>Model.key</c>.</summary>
/// <param name="Length">The number of bytes.</param>
/// <param name="Hash">The SHA-256 of the bytes.</param>
internal readonly record struct Seal(long Length, byte[] Hash)
{
    /// <summary>The bytes that a seal takes.</summary>
    public const int Bytes = sizeof(long) + 32;

    /// <summary>Reads a seal; of a block that is cut off the rest is missing from the hash.</summary>
    public static Seal Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length < sizeof(long) ? new(-1, []) : new(BinaryPrimitives.ReadInt64LittleEndian(bytes), bytes[sizeof(long)..].ToArray());

    /// <summary>Whether bytes are those that were sealed.</summary>
    /// <param name="entry">The bytes.</param>
    /// <param name="hash">Computes SHA-256.</param>
    public bool Fits(ReadOnlySpan<byte> entry, HashFunction hash) => hash(entry).AsSpan().SequenceEqual(Hash);
}

/// <summary>Computes a hash of bytes.</summary>
internal delegate byte[] HashFunction(ReadOnlySpan<byte> bytes);
