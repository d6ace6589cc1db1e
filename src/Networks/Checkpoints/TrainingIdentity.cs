using System.Security.Cryptography;

namespace MLExtensions.Networks.Checkpoints;

/// <summary>What a training's result follows from, as names with texts, so that a difference between two trainings can be told.</summary>
/// <param name="Facts">Name and text of each.</param>
internal sealed record TrainingIdentity(IReadOnlyList<IdentityFact> Facts)
{
    private const int PortionRows = 4096;

    // Who is told, who may end it, where it is kept, and what it runs on: none of them changes a bit.
    private static readonly string[] s_without =
    [
        nameof(MlpOptions.Seed), nameof(MlpOptions.Engine), nameof(MlpOptions.Progress), nameof(MlpOptions.CancellationToken), nameof(MlpOptions.KeepBestWhenCanceled),
        nameof(MlpOptions.Checkpoint), nameof(MlpOptions.StopOnCtrlC), nameof(MlpOptions.RowMemory), nameof(MlpOptions.Communicator),
    ];

    /// <summary>The identity of a training.</summary>
    /// <param name="plan">The training.</param>
    /// <param name="options">The options as the trainer was given them.</param>
    /// <param name="engine">The name of the engine.</param>
    public static TrainingIdentity Of(TrainingPlan plan, MlpOptions options, string engine)
    {
        var (data, split) = (plan.Data, plan.Split);
        using var windows = data.Features.OpenWindows(split.Training, plan.MeasuredBytes);
        List<IdentityFact> facts =
        [
            .. OptionText.All(options).Where(option => !s_without.Contains(option.Name)).Select(option => new IdentityFact($"option {option.Name}", option.Value)),
            new("engine", KindOf(engine)),
            // Sums in vectors of another width are of another order, and states are laid out by it.
            new("bits of the processor's vectors", Invariant($"{32 * InstructionSet.VectorCount}")),
            new("seed", Invariant($"{plan.Seed}")),
            new("number of rows", Invariant($"{data.Rows}")),
            new("number of feature slots", Invariant($"{data.FeatureCount}")),
            new("number of outputs", Invariant($"{plan.Network.Outputs}")),
            new("features", HashOf(data.Features), Follows: true),
            new("labels", HashOf(data.Targets), Follows: true),
            new("weights of rows", data.Weights is null ? "none" : HashOf(data.Weights), Follows: true),
            new("training rows", HashOf(split.Training), Follows: true),
            new("validation rows", HashOf(split.Validation), Follows: true),
            new("rows in memory, by RowMemory.MaximumBytes", windows?.Description ?? "all rows at once"),
            new("network", string.Join(", ", plan.Network.Layers), Follows: true),
        ];
        if (plan.Start is { } start)
            facts.Add(new("weights to start from", HashOf(start.Values), Follows: true));
        if (plan.LastEpoch is { } last)
            facts.Add(new("last epoch", Invariant($"{last}")));
        return new TrainingIdentity(facts);
    }

    /// <summary>What differs from another training, in words; null where nothing does.</summary>
    /// <param name="kept">The training that was kept.</param>
    /// <param name="then">What the other one is called.</param>
    /// <param name="today">What this one is called.</param>
    public string? DifferenceFrom(TrainingIdentity kept, string then = "then", string today = "now")
    {
        var before = kept.Facts.ToDictionary(fact => fact.Name);
        var now = Facts.ToDictionary(fact => fact.Name);
        string[] differing = [.. now.Keys.Union(before.Keys).Where(name => before.GetValueOrDefault(name)?.Text != now.GetValueOrDefault(name)?.Text)];
        // Another seed sets other rows aside: what follows from a difference is none of its own.
        string[] causes = [.. differing.Where(name => (before.GetValueOrDefault(name) ?? now[name]) is { Follows: false })];
        return differing.Length == 0 ? null
            : string.Join("; ", (causes.Length > 0 ? causes : differing).Select(name => Describe(name, before.GetValueOrDefault(name)?.Text, then, now.GetValueOrDefault(name)?.Text, today)));
    }

    // Threads change no bit of the managed engine; what else its name says does.
    private static string KindOf(string engine) => engine.StartsWith("managed,", StringComparison.Ordinal) ? "managed" : engine;

    private static string Describe(string name, string? before, string then, string? now, string today) => IsHash(before) && IsHash(now)
        ? $"{name} differ"
        : $"{name}: {before ?? "nothing"} {then}, {now ?? "nothing"} {today}";

    private static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    private static string HashOf<T>(T[] values)
        where T : unmanaged
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ArrayBytes.ForEachPortion(values.AsSpan(), bytes => hash.AppendData(bytes));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string HashOf(FeatureRows rows)
    {
        if (rows.Array is { } array)
            return HashOf(array);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        float[] portion = new float[PortionRows * rows.Width];
        for (int first = 0; first < rows.Count; first += PortionRows)
        {
            int[] indices = [.. Enumerable.Range(first, Math.Min(PortionRows, rows.Count - first))];
            var values = portion.AsSpan(0, indices.Length * rows.Width);
            rows.Gather(indices, values);
            ArrayBytes.ForEachPortion(values, bytes => hash.AppendData(bytes));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>One thing that the result of a training follows from.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Text">Its value, or the hash of many.</param>
/// <param name="Follows">Whether it may differ because another one does, and is told of only where none does.</param>
internal sealed record IdentityFact(string Name, string Text, bool Follows = false);
