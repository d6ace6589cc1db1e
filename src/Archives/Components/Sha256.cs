using System.Buffers.Binary;
using System.Numerics;

namespace MLExtensions.Archives.Components;

/// <summary>
/// SHA-256 in managed code. That of .NET is OpenSSL's on Linux, and a program without it, on a machine with nothing but the libraries of C, ends
/// at the first call.
/// </summary>
/// <remarks>FIPS 180-4, section 6.2. For telling damage: it is no defence against who watches how long it takes.</remarks>
internal static class Sha256
{
    private const int BlockBytes = 64;
    private const int Rounds = 64;

    // The first 32 bits behind the point of the cube roots of the first 64 primes, and of the square roots of the first 8.
    private static readonly uint[] s_constants = [.. Primes(Rounds).Select(prime => Fraction(prime, cube: true))];
    private static readonly uint[] s_start = [.. Primes(8).Select(prime => Fraction(prime, cube: false))];

    /// <summary>The hash, 32 bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> data)
    {
        Span<uint> state = stackalloc uint[8], schedule = stackalloc uint[Rounds];
        s_start.CopyTo(state);
        var rest = data;
        for (; rest.Length >= BlockBytes; rest = rest[BlockBytes..])
            Mix(state, schedule, rest);

        // A one, zeros, and the number of bits fill the last block, or the last two.
        Span<byte> last = stackalloc byte[2 * BlockBytes];
        last.Clear();
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        last = last[..(rest.Length + 1 + sizeof(ulong) <= BlockBytes ? BlockBytes : 2 * BlockBytes)];
        BinaryPrimitives.WriteUInt64BigEndian(last[^sizeof(ulong)..], 8 * (ulong)data.Length);
        for (; last.Length > 0; last = last[BlockBytes..])
            Mix(state, schedule, last);

        byte[] hash = new byte[sizeof(uint) * state.Length];
        for (int i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(sizeof(uint) * i), state[i]);
        return hash;
    }

    private static void Mix(Span<uint> state, Span<uint> schedule, ReadOnlySpan<byte> block)
    {
        for (int i = 0; i < 16; i++)
            schedule[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(sizeof(uint) * i)..]);
        for (int i = 16; i < Rounds; i++)
        {
            uint near = schedule[i - 2], far = schedule[i - 15];
            schedule[i] = schedule[i - 16] + schedule[i - 7]
                + (BitOperations.RotateRight(far, 7) ^ BitOperations.RotateRight(far, 18) ^ far >> 3)
                + (BitOperations.RotateRight(near, 17) ^ BitOperations.RotateRight(near, 19) ^ near >> 10);
        }

        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        uint[] constants = s_constants;
        for (int i = 0; i < Rounds; i++)
        {
            uint first = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25)) + (e & f ^ ~e & g) + constants[i] + schedule[i];
            uint second = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22)) + (a & b ^ a & c ^ b & c);
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static IEnumerable<int> Primes(int count) =>
        Enumerable.Range(2, 400).Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor > 0)).Take(count);

    // In whole numbers: the root of the prime times 2^64 (2^96 of cubes) is that of the prime times 2^32, and its last 32 bits the fraction.
    private static uint Fraction(int prime, bool cube)
    {
        BigInteger target = (BigInteger)prime << (cube ? 96 : 64), low = 0, high = (BigInteger)1 << 40;
        while (high - low > 1)
        {
            var middle = (low + high) >> 1;
            (low, high) = BigInteger.Pow(middle, cube ? 3 : 2) <= target ? (middle, high) : (low, middle);
        }
        return (uint)(low & uint.MaxValue);
    }
}
