namespace MLExtensions.Trainers;

/// <content>The options of RealMLP.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>
    /// RealMLP-TD, with the values that its authors chose on many tables: slower than the defaults, and often better. Plain options,
    /// so <c>with</c> changes any of them.
    /// </summary>
    /// <param name="task">The task, on which activation, learning rate and loss depend.</param>
    /// <remarks>
    /// Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491. Trains all 256 epochs, keeps the last of those of the best validation
    /// metric, and sets a fifth of the rows aside for it. For a good logarithmic loss or area under the curve, rather than accuracy, set
    /// <see cref="MlpOptions.Loss"/> to <c>null</c> and watch <see cref="MonitoredValue.ValidationLoss"/>. Unlike the original, two classes have one logit.
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
            NumberEmbedding = new CosineEmbedding(),
            ScalesInputs = true,
            HiddenLayers = [256, 256, 256],
            Activation = new MixedActivation(classifies ? Activation.Selu : Activation.Mish),
            Initializer = new UnitVarianceInitializer { Base = WeightInitializer.LeCunNormal, PerUnit = true, SpreadsBiases = true },
            DropoutRate = 0.15f,
            DropoutSchedule = new FlatCosineSchedule(),
            Loss = classifies ? new CrossEntropyLoss(LabelSmoothing: 0.1f) : Loss.SquaredError,
            ClampScores = true,
            Optimizer = new AdamWOptions { LearningRate = classifies ? 0.04f : 0.2f, Beta1 = 0.9f, Beta2 = 0.95f, WeightDecay = 0.02f },
            NeuralTangent = true,
            LearningRateFactors = new() { InputScales = 6, Biases = 0.1f, Embeddings = 0.1f, ActivationSlopes = 0.1f },
            LearningRateSchedule = new CosLog4Schedule(),
            WeightDecaySchedule = new FlatCosineSchedule(),
            WeightAveraging = null,
            BatchSize = 256,
            DropLastBatch = true,
            NumberOfEpochs = 256,
            EarlyStopping = new() { Monitor = MonitoredValue.ValidationMetric, PreferLast = true, Patience = 256, ValidationFraction = 0.2f },
        };
    }
}
