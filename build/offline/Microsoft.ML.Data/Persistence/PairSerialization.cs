namespace Microsoft.ML;

internal static class PairSerialization
{
    public static void WritePairs(this BinaryWriter writer, InputOutputColumnPair[] pairs)
    {
        writer.Write(pairs.Length);
        foreach (InputOutputColumnPair pair in pairs)
        {
            writer.Write(pair.OutputColumnName);
            writer.Write(pair.InputColumnName);
        }
    }

    public static InputOutputColumnPair[] ReadPairs(this BinaryReader reader)
    {
        var pairs = new InputOutputColumnPair[reader.ReadInt32()];
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = new InputOutputColumnPair(reader.ReadString(), reader.ReadString());
        return pairs;
    }
}
