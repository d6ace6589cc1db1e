namespace MLExtensions.Trainers;

/// <content>The options of a quick training.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>
    /// A small network on plain numbers: several times as fast as the defaults in training and in scoring, and on most tables worse. For a first look, for
    /// many models, or where a score must cost next to nothing. Plain options, so <c>with</c> changes any of them.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not one task.</exception>
    public static DeepMlpOptions Quick(LossTasks task)
    {
        RequireOneTask(task);
        return new DeepMlpOptions
        {
            NumberEmbedding = null,
            HiddenLayers = [128, 64],
            NumberOfEpochs = 60,
            EarlyStopping = new() { Patience = 8 },
        };
    }
}
