using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>What a model scores once it was saved and loaded.</summary>
internal static class SavedScores
{
    /// <summary>Requires of a fitted transformer that a plain context, which loads it, gives the same columns, bit for bit.</summary>
    /// <param name="fitted">The transformer.</param>
    public static void ShouldBeThoseOf(Fitted fitted)
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml, Examples.Rows());
        using var file = new MemoryStream();
        ml.Model.Save(fitted.Transformer, data.Schema, file);
        file.Position = 0;

        var loaded = new MLContext().Model.Load(file, out _);

        RowTexts.Of(loaded.Transform(data)).Should().Equal(RowTexts.Of(fitted.Transformer.Transform(data)));
    }
}
