using MLExtensions.Networks.RowFiles;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests.RowFiles;

/// <summary>Rows in files, for tests.</summary>
internal static class RowFileCases
{
    /// <summary>Random rows in memory and in a file of small blocks.</summary>
    public static (MemoryRows Memory, FileRows File) Both(TestFolder folder, int rows, int width, int shift, long memory)
    {
        var random = new System.Random(rows + width);
        float[] values = [.. Enumerable.Range(0, rows * width).Select(_ => random.NextSingle() - 0.5f)];
        return (new MemoryRows(values, rows, width), new FileRows(Write(folder, values, width, shift), memory));
    }

    public static RowFile Write(TestFolder folder, float[] values, int width, int shift)
    {
        var file = RowFileFolder.Create(folder.FullName, width, shift);
        foreach (float[] block in values.Chunk(width << shift))
            file.Append(block);
        return file;
    }

    public static float[] Gather(this FeatureRows features, params int[] rows)
    {
        float[] gathered = new float[rows.Length * features.Width];
        features.Gather(rows, gathered);
        return gathered;
    }
}
