using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FluentAssertions;
using Microsoft.ML;

namespace MLExtensions.TestSupport;

/// <summary>Hurts archives of one component in many ways, and holds what loading makes of them against what is promised.</summary>
public static class ArchiveFuzz
{
    private const string Description = "Description.json";
    private const string Tensors = "Tensors.safetensors";
    private const string Key = "Model.key";

    // ML.NET's header, then length and SHA-256 of the two entries.
    private const int KeyHeaderBytes = 256;
    private const int SealBytes = 2 * (sizeof(long) + 32);

    private static readonly string[] s_values =
    [
        "null", "true", "0", "-1", "1", "2", "3", "7", "2147483647", "-2147483648", "4294967296", "1e300", "-1e300", "0.5", "\"\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"",
        "\"x\"", "[]", "{}", "[null]", "[1,2,3]", "16777217",
    ];

    private static readonly double[] s_numbers = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -1, 1, 1e30, -1e30, 1e-30, double.Epsilon, float.MaxValue, float.MinValue];

    /// <summary>
    /// Flips a bit of each byte of a component's entries: each is refused by a <see cref="FormatException"/>. The name of the assembly alone,
    /// by which ML.NET finds the component, gives what the runtime says of a name that is none.
    /// </summary>
    /// <param name="zip">The archive.</param>
    /// <param name="step">Of every how many bytes one is flipped; all of <c>Model.key</c> are.</param>
    public static void EveryFlipIsRefused(byte[] zip, int step = 1)
    {
        var archive = new Archive(zip);
        foreach (string end in new[] { Description, Tensors, Key })
        {
            string name = archive.Find(end);
            byte[] content = archive[name];
            Parallel.ForEach(Enumerable.Range(0, content.Length).Where(i => end == Key || i % step == 0), i =>
            {
                byte[] flipped = [.. content];
                flipped[i] ^= (byte)(1 << (i % 8));
                var refusal = RefusalOf(archive.With(name, flipped));
                bool isAssemblyName = end == Key && i >= KeyHeaderBytes + SealBytes && i < content.Length - sizeof(long);
                (refusal is FormatException || (isAssemblyName && refusal is FileNotFoundException or FileLoadException))
                    .Should().BeTrue("byte {0} of {1} was flipped, and the answer was {2}", i, end, refusal);
            });
        }
    }

    /// <summary>
    /// Alters descriptions and tensors and seals them anew: each is refused by a <see cref="FormatException"/>, or loads and scores or says
    /// why not. Whatever the description says of the network is null once, and missing once; the rest is drawn.
    /// </summary>
    /// <param name="zip">The archive.</param>
    /// <param name="count">How many are tried.</param>
    /// <param name="score">Scores with what was loaded.</param>
    /// <returns>How many were refused.</returns>
    public static int SealedForgeriesAreRefusedOrScore(byte[] zip, int count, Action<ITransformer> score)
    {
        int refused = 0;
        Parallel.For(0, count, seed =>
        {
            var archive = new Archive(zip);
            var random = new Random(seed);
            string what = DropPlace(archive, seed) ?? (seed % 2 == 0 ? AlterDescription(archive, random) : AlterTensors(archive, random));
            Seal(archive);
            if (RefusedOrScores(archive.ToBytes(), score, $"{what}, seed {seed}", refusal => refusal is FormatException))
                Interlocked.Increment(ref refused);
        });
        return refused;
    }

    /// <summary>Alters bytes of the file itself, where the zip's own tables are: whatever comes of it, the process goes on.</summary>
    public static int AlteredFilesAreRefusedOrScore(byte[] zip, int count, Action<ITransformer> score)
    {
        int refused = 0;
        Parallel.For(0, count, seed =>
        {
            var random = new Random(seed);
            byte[] copy = [.. zip];
            for (int change = random.Next(1, 6); change > 0; change--)
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                copy = copy[..random.Next(copy.Length)];
            if (RefusedOrScores(copy, score, $"bytes of the file, seed {seed}", _ => true))
                Interlocked.Increment(ref refused);
        });
        return refused;
    }

    /// <summary>Brings lengths and checksums of every component up to its entries.</summary>
    public static void Seal(Archive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        foreach (string name in archive.Names.Where(name => name.EndsWith(Description, StringComparison.Ordinal)).ToArray())
        {
            string folder = name[..^Description.Length];
            byte[] key = [.. archive[folder + Key]];
            byte[] description = archive[name], tensors = archive[folder + Tensors];
            byte[] seals = [.. BitConverter.GetBytes((long)description.Length), .. SHA256.HashData(description), .. BitConverter.GetBytes((long)tensors.Length), .. SHA256.HashData(tensors)];
            seals.CopyTo(key, KeyHeaderBytes);
            archive[folder + Key] = key;
        }
    }

    private static Exception RefusalOf(byte[] archive)
    {
        Action load = () => SavedModels.FromBytes(archive);

        return load.Should().Throw<Exception>().Which.GetBaseException();
    }

    private static bool RefusedOrScores(byte[] archive, Action<ITransformer> score, string what, Func<Exception, bool> isRefusal)
    {
        ITransformer model;
        try
        {
            model = SavedModels.FromBytes(archive);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && isRefusal(exception.GetBaseException()))
        {
            return true;
        }
        catch (Exception exception)
        {
            throw new AssertionFailure($"Loading an archive with altered {what} gave {exception.GetBaseException()}", exception);
        }

        try
        {
            score(model);
        }
        catch (Exception exception) when (exception.GetBaseException() is InvalidOperationException or ArgumentException)
        {
            // Another column or size, or a score that is no number.
        }
        catch (Exception exception)
        {
            throw new AssertionFailure($"Scoring with an archive with altered {what} gave {exception.GetBaseException()}", exception);
        }
        return false;
    }

    // One of the places that tell of the network becomes null, or is gone; null behind the last of them.
    private static string? DropPlace(Archive archive, int number)
    {
        string name = archive.Find(Description);
        var root = JsonNode.Parse(archive[name])!;
        var (place, isGone) = (number / 2, number % 2 == 1);
        if (PlacesIn(root["Component"]?["Network"]).Skip(place).FirstOrDefault() is not ({ } node, { } key))
            return null;

        if (node is JsonArray array)
        {
            if (isGone)
                array.RemoveAt((int)key);
            else
                array[(int)key] = null;
        }
        else if (node is JsonObject item)
        {
            if (isGone)
                item.Remove((string)key);
            else
                item[(string)key] = null;
        }
        archive[name] = Encoding.UTF8.GetBytes(root.ToJsonString());
        return string.Create(CultureInfo.InvariantCulture, $"description ({node.GetPath()}: {key} {(isGone ? "gone" : "null")})");
    }

    private static string AlterDescription(Archive archive, Random random)
    {
        string name = archive.Find(Description);
        var root = JsonNode.Parse(archive[name])!;
        var places = PlacesIn(root).ToArray();
        string what = "";
        for (int change = random.Next(1, 3); change > 0; change--)
        {
            var (node, key) = places[random.Next(places.Length)];
            string value = s_values[random.Next(s_values.Length)];
            what += $"{key} := {value}; ";
            if (node is JsonArray array && (int)key < array.Count)
            {
                switch (random.Next(3))
                {
                    case 0:
                        array.RemoveAt((int)key);
                        break;
                    case 1:
                        array.Add(array[(int)key]?.DeepClone());
                        break;
                    default:
                        array[(int)key] = JsonNode.Parse(value);
                        break;
                }
            }
            else if (node is JsonObject item)
            {
                if (random.Next(5) == 0)
                    item.Remove((string)key);
                else
                    item[(string)key] = JsonNode.Parse(value);
            }
        }
        archive[name] = Encoding.UTF8.GetBytes(root.ToJsonString());
        return $"description ({what})";
    }

    private static IEnumerable<(JsonNode Node, object Key)> PlacesIn(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(pair => PlacesIn(pair.Value).Prepend((item, pair.Key))),
        JsonArray array => array.SelectMany((child, index) => PlacesIn(child).Prepend((array, (object)index))),
        _ => [],
    };

    private static string AlterTensors(Archive archive, Random random)
    {
        string name = archive.Find(Tensors);
        byte[] content = [.. archive[name]];
        int header = (int)BitConverter.ToInt64(content);
        int values = sizeof(long) + header;
        int change = random.Next(4);
        if (change == 0)
        {
            int at = sizeof(long) + random.Next(header);
            content[at] = (byte)"0123456789-,[]{}\":aFe"[random.Next(21)];
            archive[name] = content;
            return string.Create(CultureInfo.InvariantCulture, $"header of tensors, byte {at}");
        }
        if (change == 1 && content.Length > values)
        {
            // Another kind of number at the end: the sizes no longer fit.
            archive[name] = content[..random.Next(content.Length)];
            return "length of tensors";
        }

        bool isDouble = Encoding.UTF8.GetString(content, sizeof(long), header).Contains("F64", StringComparison.Ordinal) && random.Next(2) == 0;
        int size = isDouble ? sizeof(double) : sizeof(float);
        int place = content.Length - size * (1 + random.Next((content.Length - values) / size));
        double number = s_numbers[random.Next(s_numbers.Length)];
        byte[] bytes = isDouble ? BitConverter.GetBytes(number) : BitConverter.GetBytes((float)number);
        bytes.CopyTo(content, place);
        archive[name] = content;
        return string.Create(CultureInfo.InvariantCulture, $"number at byte {place} of tensors, {number}");
    }

    private sealed class AssertionFailure(string message, Exception cause) : Exception(message, cause);
}
