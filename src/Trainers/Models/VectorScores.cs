namespace MLExtensions.Trainers.Models;

/// <summary>The scores of a row as a dense vector, written into the buffer that the caller brings.</summary>
internal static class VectorScores
{
    public static ValueGetter<VBuffer<float>> Getter(RowScorer scorer) => Getter(() => scorer.Scores);

    public static ValueGetter<VBuffer<float>> Getter(Func<ReadOnlySpan<float>> valuesOf) => (ref VBuffer<float> value) =>
    {
        var values = valuesOf();
        var editor = VBufferEditor.Create(ref value, values.Length);
        values.CopyTo(editor.Values);
        value = editor.Commit();
    };
}
