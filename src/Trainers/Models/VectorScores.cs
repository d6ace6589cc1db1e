namespace MLExtensions.Trainers.Models;

/// <summary>The scores of a row as a dense vector, written into the buffer that the caller brings.</summary>
internal static class VectorScores
{
    public static ValueGetter<VBuffer<float>> Getter(RowScorer scorer) => (ref VBuffer<float> value) =>
    {
        var scores = scorer.Scores;
        var editor = VBufferEditor.Create(ref value, scores.Length);
        scores.CopyTo(editor.Values);
        value = editor.Commit();
    };
}
