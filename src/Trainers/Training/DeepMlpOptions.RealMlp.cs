namespace MLExtensions.Trainers;

/// <content>The options of RealMLP.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>
    /// The mean of four networks of RealMLP: slower than the defaults, and often better where classes or numbers can be told exactly. Two embed numbers piecewise
    /// linearly, and two by cosines; either pair is left out where the other alone is better on the rows set aside (<see cref="EnsembleOptions.SelectsKinds"/>). Plain options, so <c>with</c> changes any of them: <c>Ensemble = null</c> trains one network, of the former kind, in a quarter of the time. <c>NumberEmbedding</c> is that of the first and the third.
    /// Without rows to validate on it takes <c>EarlyStopping = null, CalibrateProbabilities = false</c>, and says in a warning that it keeps both pairs.
    /// </summary>
    /// <param name="task">The task, on which activation, learning rate and loss depend.</param>
    /// <remarks>
    /// Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491, of whose RealMLP-TD these are activation, initial values, optimizer, schedules and
    /// epochs. Its cosine embedding follows what is smooth, and piecewise linear ones find a threshold in a long
    /// tail: two networks of each erred less than four of the latter on seven of eight tables, by up to 4.5 %; on adult, with its long tails, log-loss was 3 % more, and with the cosines left out it is 0.278 in place of 0.286. Weights are averaged over an epoch: one such network gets 0.872 of adult's rows right in place of 0.856, and errs by 0.44 on California housing in place of 0.48. The original
    /// trains one network, and classes with smoothed labels, of which the epochs of the best accuracy are kept: <c>Loss = new CrossEntropyLoss(LabelSmoothing: 0.1f)</c> with
    /// <c>Monitor = MonitoredValue.ValidationMetric</c> gets some more rows right at times, and probabilities and their order less well. Keeps the last
    /// of the epochs of the least validation loss, and calibrates probabilities by the rows that are validated on. Unlike the original, two classes have one logit.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is not one task.</exception>
    public static DeepMlpOptions RealMlp(LossTasks task)
    {
        RequireOneTask(task);
        bool classifies = task != LossTasks.Regression;
        return new DeepMlpOptions
        {
            InputScaling = InputScaling.Robust,
            CategoryEmbedding = new CategoryEmbedding(),
            ScalesInputs = true,
            HiddenLayers = [256, 256, 256],
            Activation = new MixedActivation(classifies ? Activation.Selu : Activation.Mish),
            Initializer = new UnitVarianceInitializer { Base = WeightInitializer.LeCunNormal, PerUnit = true, SpreadsBiases = true },
            DropoutRate = 0.15f,
            DropoutSchedule = new FlatCosineSchedule(),
            ClampScores = true,
            Optimizer = new AdamWOptions { LearningRate = classifies ? 0.04f : 0.2f, Beta1 = 0.9f, Beta2 = 0.95f, WeightDecay = 0.02f },
            NeuralTangent = true,
            LearningRateFactors = new() { InputScales = 6, Biases = 0.1f, Embeddings = 0.1f, ActivationSlopes = 0.1f },
            LearningRateSchedule = new CosLog4Schedule(),
            WeightDecaySchedule = new FlatCosineSchedule(),
            BatchSizeRule = BatchSizeRule.RealMlp,
            DropLastBatch = true,
            NumberOfEpochs = 256,
            EarlyStopping = new() { PreferLast = true, Patience = 256 },
            Ensemble = new EnsembleOptions { Members = 4, Folds = false, SelectsKinds = true, NumberEmbeddings = [new CosineEmbedding()] },
            CalibrateProbabilities = classifies,
        };
    }
}
