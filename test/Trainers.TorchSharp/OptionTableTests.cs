using System.Reflection;
using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>
/// Option by option, how it is held against the managed engine. A row fits both engines with the option changed; unless it says
/// otherwise the two must agree in every epoch's losses and metric, in why they stopped, and in the weights.
/// </summary>
[TestClass]
public sealed class OptionTableTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with
    {
        HiddenLayers = [8, 6],
        BatchSize = 12,
        Activation = Activation.Tanh,
        Optimizer = new SgdOptions { LearningRate = 0.05f },
    };

    private static readonly Row[] s_table =
    [
        new("LabelColumnName", o => o with { LabelColumnName = "Weight" }),
        new("FeatureColumnName", o => o with { FeatureColumnName = "Values" }),
        new("ExampleWeightColumnName", o => o with { ExampleWeightColumnName = "Weight" }),
        new("PositiveLabel", o => o with { PositiveLabel = "False" }, Task: LearningTask.Binary),
        new("MissingLabels", o => o with { MissingLabels = MissingLabels.Skip }, "of the reading alone: same weights", ChangesTraining: false),
        new("Ensemble", o => o with { Ensemble = new() { Members = 2 } }),
        new("Ensemble", o => o with { Ensemble = new() { Members = 2, AlternatesWith = [new DeepMlpOptions { HiddenLayers = [5], BatchSize = 12, Optimizer = new SgdOptions { LearningRate = 0.05f }, NumberOfEpochs = 3, DropoutRate = 0 }] } }, "of two kinds"),
        new("Ensemble", o => o with { Ensemble = new() { Members = 2, Folds = false, SelectsKinds = true, AlternatesWith = [new DeepMlpOptions { HiddenLayers = [5], Optimizer = new SgdOptions { LearningRate = 1e-9f }, NumberOfEpochs = 3, DropoutRate = 0 }] } }, "of the better of two kinds"),
        new("BatchEnsemble", o => o with { BatchEnsemble = new() { Members = 3 } }),
        new("BatchEnsemble", o => o with { BatchEnsemble = new() { Members = 4, Mini = true } }, "mini"),
        new("BatchEnsemble", o => o with { BatchEnsemble = new() { Members = 3 }, RowMixing = new MixupOptions { Alpha = 1 }, ExampleWeightColumnName = "Weight" }, "mixed and weighted rows", Task: LearningTask.Multiclass),
        new("BatchEnsemble", o => o with { BatchEnsemble = new() { Members = 3 }, NumberEmbedding = new LinearEmbedding { Dimension = 3 } }, "of two classes, embedded", Task: LearningTask.Binary),
        new("BatchEnsemble", o => o with { BatchEnsemble = new() { Members = 3 }, Optimizer = new MuonOptions() }, "by Muon"),
        new("BatchEnsemble", o => o with { BatchEnsemble = new() { Members = 3 }, Optimizer = new AdamPOptions(), MaximumNorm = 1 }, "by AdamP"),
        new("ScoreStandardDeviation", o => o with { Ensemble = new() { Members = 2 }, ScoreStandardDeviation = new() }, "with an ensemble"),
        new("PredictionInterval", o => o with { PredictionInterval = new() { Coverage = 0.8 } }, "of the model alone: same weights", ChangesTraining: false),
        new("InputScaling", o => o with { InputScaling = InputScaling.Robust }, "robust"),
        new("InputScaling", o => o with { InputScaling = InputScaling.Quantile }, "quantile"),
        new("NeighborMeans", o => o with { NeighborMeans = new() }),
        new("NeighborMeans", o => o with { NeighborMeans = new() { Neighbors = 3, MostMeans = 4, MostRows = 20 } }, "few", Task: LearningTask.Multiclass),
        new("NumberEmbedding", o => o with { NumberEmbedding = new LinearEmbedding { Dimension = 3 } }, "linear"),
        new("NumberEmbedding", o => o with { NumberEmbedding = new PeriodicEmbedding { Frequencies = 4, Dimension = 3 } }, "periodic"),
        new("NumberEmbedding", o => o with { NumberEmbedding = new CosineEmbedding() }, "cosine"),
        new("NumberEmbedding", o => o with { NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 5, Dimension = 3 } }, "piecewise-linear"),
        new("NumberEmbedding", o => o with { NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 5, Dimension = 3, TargetAware = true, Rectified = true } }, "of bins by the label, rectified"),
        new("CategoryEmbedding", o => o with { CategoryEmbedding = new() }, "without categories: no change; else ParityTests", ChangesTraining: false),
        new("LearningRateFactors.Embeddings", o => o with { NumberEmbedding = new LinearEmbedding(), LearningRateFactors = new() { Embeddings = 3 } }),
        new("HiddenLayers", o => o with { HiddenLayers = [] }, "none"),
        new("HiddenLayers", o => o with { HiddenLayers = [5, 4, 3] }, "three"),
        new("Activation", o => o with { Activation = Activation.Identity }, "identity"),
        new("Activation", o => o with { Activation = Activation.Sigmoid }, "sigmoid"),
        new("Activation", o => o with { Activation = Activation.Relu }, "relu"),
        new("Activation", o => o with { Activation = new LeakyReluActivation(0.3f) }, "leaky-relu"),
        new("Activation", o => o with { Activation = new EluActivation(0.7f) }, "elu"),
        new("Activation", o => o with { Activation = Activation.Gelu }, "gelu"),
        new("Activation", o => o with { Activation = Activation.Silu }, "silu"),
        new("Activation", o => o with { Activation = new GeluActivation(GeluForm.Tanh) }, "gelu, tanh form"),
        new("Activation", o => o with { Activation = Activation.Selu }, "selu"),
        new("Activation", o => o with { Activation = Activation.Mish }, "mish"),
        new("Activation", o => o with { Activation = Activation.PRelu }, "PReLU"),
        new("Activation", o => o with { Activation = new PReluActivation(PerUnit: true, Start: 0.1f) }, "PReLU per unit"),
        new("Activation", o => o with { Activation = new MixedActivation(Activation.Selu) }, "mixed SELU"),
        new("Activation", o => o with { Activation = new MixedActivation(Activation.Mish), LearningRateFactors = new() { ActivationSlopes = 3 } }, "mixed Mish"),
        new("Activation", o => o with { Activation = new MaxoutActivation(3) }, "maxout"),
        new("Activation", o => o with { Activation = Sine.Activation }, "an own one"),
        new("Activations", o => o with { Activations = [Activation.Selu, Activation.Sigmoid] }),
        new("Activation", o => o with { Activation = new SoftplusActivation(2.5f) }, "softplus"),
        new("Initializer", o => o with { Initializer = WeightInitializer.HeNormal }, "He normal"),
        new("Initializer", o => o with { Initializer = WeightInitializer.HeUniform }, "He uniform"),
        new("Initializer", o => o with { Initializer = WeightInitializer.XavierNormal }, "Xavier normal"),
        new("Initializer", o => o with { Initializer = WeightInitializer.LeCunNormal }, "LeCun normal"),
        new("Initializer", o => o with { Initializer = new SmallNormalInitializer(0.1f) }, "small normal"),
        new("Initializer", o => o with { Initializer = WeightInitializer.LeCunUniform }, "LeCun uniform"),
        new("Initializer", o => o with { Initializer = WeightInitializer.FanInUniform }, "fan-in uniform"),
        new("Initializer", o => o with { Initializer = WeightInitializer.Orthogonal }, "orthogonal"),
        new("Initializer", o => o with { Initializer = WeightInitializer.ByActivation, Activations = [Activation.Relu, Activation.Selu] }, "by activation"),
        new("Initializer", o => o with { Initializer = WeightInitializer.UnitVariance }, "unit variance"),
        new("OutputInitializer", o => o with { OutputInitializer = WeightInitializer.Zero }),
        new("BiasStart", o => o with { BiasStart = 0.2f }),
        new("Normalization", o => o with { Normalization = Normalization.Batch }, "batch"),
        new("Normalization", o => o with { Normalization = Normalization.Layer, BatchSize = 1 }, "batch of one row"),
        new("Normalization", o => o with { Normalization = Normalization.Layer }, "layer"),
        new("Normalization.Epsilon", o => o with { Normalization = new BatchNormalization { Epsilon = 0.1f } }, "batch"),
        new("Normalization.Epsilon", o => o with { Normalization = new LayerNormalization { Epsilon = 0.1f } }, "layer"),
        new("Normalization.Affine", o => o with { Normalization = new BatchNormalization { Affine = false } }, "batch"),
        new("Normalization.Affine", o => o with { Normalization = new LayerNormalization { Affine = false } }, "layer"),
        new("Normalization.Placement", o => o with { Normalization = new BatchNormalization { Placement = NormalizationPlacement.AfterActivation } }, "batch"),
        new("Normalization.Placement", o => o with { Normalization = new LayerNormalization { Placement = NormalizationPlacement.AfterActivation } }, "layer"),
        new("BatchNormalization.Momentum", o => o with { Normalization = new BatchNormalization { Momentum = 0.5f } }),
        new("ScalesInputs", o => o with { ScalesInputs = true }),
        new("ScalesInputs", o => o with { ScalesInputs = true, L2Regularization = 0.1f, Normalization = Normalization.Batch }, "with penalty and normalization"),
        new("DropoutRate", null, "DropoutTests: by its statistics and the final loss over seeds"),
        new("DropoutRates", null, "DropoutTests: by its statistics and the final loss over seeds"),
        new("DropConnectRate", null, "DropoutTests: by its statistics and the final loss over seeds"),
        new("InputDropoutRate", null, "DropoutTests: by its statistics and the final loss over seeds"),
        new("Optimizer.LearningRate", o => o with { Optimizer = new SgdOptions { LearningRate = 0.1f } }),
        new("SgdOptions.Momentum", o => o with { Optimizer = new SgdOptions { Momentum = 0.5f } }),
        new("SgdOptions.Nesterov", o => o with { Optimizer = new SgdOptions { Momentum = 0.5f, Nesterov = true } }),
        new("AdamOptions.Beta1", o => o with { Optimizer = new AdamOptions { Beta1 = 0.5f } }),
        new("AdamOptions.Beta2", o => o with { Optimizer = new AdamOptions { Beta2 = 0.9f } }),
        new("AdamOptions.Epsilon", o => o with { Optimizer = new AdamOptions { Epsilon = 0.1f } }),
        new("AdamWOptions.Beta1", o => o with { Optimizer = new AdamWOptions { Beta1 = 0.5f } }),
        new("AdamWOptions.Beta2", o => o with { Optimizer = new AdamWOptions { Beta2 = 0.9f } }),
        new("AdamWOptions.Epsilon", o => o with { Optimizer = new AdamWOptions { Epsilon = 0.1f } }),
        new("AdamWOptions.WeightDecay", o => o with { Optimizer = new AdamWOptions { WeightDecay = 0.5f } }),
        new("RmsPropOptions.Alpha", o => o with { Optimizer = new RmsPropOptions { Alpha = 0.5f } }),
        new("RmsPropOptions.Epsilon", o => o with { Optimizer = new RmsPropOptions { Epsilon = 0.1f } }),
        new("RmsPropOptions.Momentum", o => o with { Optimizer = new RmsPropOptions { Momentum = 0.5f } }),
        new("RmsPropOptions.Centered", o => o with { Optimizer = new RmsPropOptions { Centered = true } }),
        new("AdamOptions.AmsGrad", o => o with { Optimizer = new AdamOptions { AmsGrad = true, Beta2 = 0.5f } }),
        new("AdamOptions.BiasCorrection", o => o with { Optimizer = new AdamOptions { BiasCorrection = false } }),
        new("AdamWOptions.AmsGrad", o => o with { Optimizer = new AdamWOptions { AmsGrad = true, Beta2 = 0.5f } }),
        new("AdamWOptions.BiasCorrection", o => o with { Optimizer = new AdamWOptions { BiasCorrection = false } }),
        new("AdagradOptions.LearningRateDecay", o => o with { Optimizer = new AdagradOptions { LearningRateDecay = 0.1f } }),
        new("AdagradOptions.InitialAccumulator", o => o with { Optimizer = new AdagradOptions { InitialAccumulator = 0.5f } }),
        new("AdagradOptions.Epsilon", o => o with { Optimizer = new AdagradOptions { Epsilon = 0.1f } }),
        new("AdadeltaOptions.Rho", o => o with { Optimizer = new AdadeltaOptions { Rho = 0.5f } }),
        new("AdadeltaOptions.Epsilon", o => o with { Optimizer = new AdadeltaOptions { Epsilon = 1e-3f } }),
        new("AdamaxOptions.Beta1", o => o with { Optimizer = new AdamaxOptions { Beta1 = 0.5f } }),
        new("AdamaxOptions.Beta2", o => o with { Optimizer = new AdamaxOptions { Beta2 = 0.9f } }),
        new("AdamaxOptions.Epsilon", o => o with { Optimizer = new AdamaxOptions { Epsilon = 0.1f } }),
        new("NAdamOptions.Beta1", o => o with { Optimizer = new NAdamOptions { Beta1 = 0.5f } }),
        new("NAdamOptions.Beta2", o => o with { Optimizer = new NAdamOptions { Beta2 = 0.9f } }),
        new("NAdamOptions.Epsilon", o => o with { Optimizer = new NAdamOptions { Epsilon = 0.1f } }),
        new("NAdamOptions.MomentumDecay", o => o with { Optimizer = new NAdamOptions { MomentumDecay = 0.5f } }),
        new("RAdamOptions.Beta1", o => o with { Optimizer = new RAdamOptions { Beta1 = 0.5f } }),
        new("RAdamOptions.Beta2", o => o with { Optimizer = new RAdamOptions { Beta2 = 0.9f } }),
        new("RAdamOptions.Epsilon", o => o with { Optimizer = new RAdamOptions { Epsilon = 0.1f } }),
        new("LearningRateFactors.Weights", o => o with { LearningRateFactors = new() { Weights = 0.5f } }),
        new("LearningRateFactors.Biases", o => o with { LearningRateFactors = new() { Biases = 0.1f } }),
        new("LearningRateFactors.Normalization", o => o with { Normalization = Normalization.Batch, LearningRateFactors = new() { Normalization = 3 } }),
        new("LearningRateFactors.ActivationSlopes", o => o with { Activation = Activation.PRelu, LearningRateFactors = new() { ActivationSlopes = 3 } }),
        new("LearningRateFactors.InputScales", o => o with { ScalesInputs = true, LearningRateFactors = new() { InputScales = 6 } }),
        new("LearningRateFactors.FirstLayer", o => o with { LearningRateFactors = new() { FirstLayer = 0 } }),
        new("LearningRateFactors.LastLayer", o => o with { LearningRateFactors = new() { LastLayer = 2 }, Optimizer = new AdamWOptions { WeightDecay = 0.5f } }),
        new("NeuralTangent", o => o with { NeuralTangent = true, Optimizer = new AdamOptions() }, "Adam"),
        new("NeuralTangent", o => o with { NeuralTangent = true, Optimizer = new AdamWOptions { WeightDecay = 0.5f }, LearningRateFactors = new() { Weights = 0.5f } }, "AdamW, with a factor"),
        new("PenalizeAllParameters", o => o with { Normalization = Normalization.Batch, L2Regularization = 0.1f, PenalizeAllParameters = true }),
        new("PenalizeAllParameters", o => o with { PenalizeAllParameters = true, Optimizer = new AdamWOptions { WeightDecay = 0.5f } }, "weight decay"),
        new("AdamPOptions.Beta1", o => o with { Optimizer = new AdamPOptions { Beta1 = 0.5f } }),
        new("AdamPOptions.Beta2", o => o with { Optimizer = new AdamPOptions { Beta2 = 0.9f } }),
        new("AdamPOptions.Epsilon", o => o with { Optimizer = new AdamPOptions { Epsilon = 0.1f } }),
        new("AdamPOptions.WeightDecay", o => o with { Optimizer = new AdamPOptions { WeightDecay = 0.5f } }),
        new("AdamPOptions.Delta", o => o with { Optimizer = new AdamPOptions { Delta = 100 } }),
        new("AdamPOptions.DecayRatio", o => o with { Optimizer = new AdamPOptions { WeightDecay = 0.5f, Delta = 100, DecayRatio = 0.5f } }),
        new("AdamPOptions.Nesterov", o => o with { Optimizer = new AdamPOptions { Nesterov = true } }),
        new("MuonOptions.Momentum", o => o with { Optimizer = new MuonOptions { Momentum = 0.5f } }),
        new("MuonOptions.Nesterov", o => o with { Optimizer = new MuonOptions { Nesterov = false } }),
        new("MuonOptions.NewtonSchulzSteps", o => o with { Optimizer = new MuonOptions { NewtonSchulzSteps = 3 } }),
        new("MuonOptions.WeightDecay", o => o with { Optimizer = new MuonOptions { WeightDecay = 0.5f } }),
        new("MuonOptions.AdamWLearningRate", o => o with { Optimizer = new MuonOptions { AdamWLearningRate = 0.05f } }),
        new("MuonOptions.Beta1", o => o with { Optimizer = new MuonOptions { Beta1 = 0.5f } }),
        new("MuonOptions.Beta2", o => o with { Optimizer = new MuonOptions { Beta2 = 0.9f } }),
        new("MuonOptions.Epsilon", o => o with { Optimizer = new MuonOptions { Epsilon = 0.1f } }),
        new("LbfgsOptions.MaximumIterations", o => Lbfgs(o, new LbfgsOptions { MaximumIterations = 2 })),
        new("LbfgsOptions.HistorySize", o => Lbfgs(o, new LbfgsOptions { MaximumIterations = 4, HistorySize = 1 })),
        new("LbfgsOptions.LineSearch", o => Lbfgs(o, new LbfgsOptions { LearningRate = 0.1f, MaximumIterations = 3, LineSearch = false })),
        new("LbfgsOptions.GradientTolerance", o => Lbfgs(o, new LbfgsOptions { MaximumIterations = 4, GradientTolerance = 0.2f })),
        new("LbfgsOptions.ChangeTolerance", o => Lbfgs(o, new LbfgsOptions { MaximumIterations = 4, ChangeTolerance = 0.003f })),
        new("CustomOptimizerOptions.Create", o => o with { Optimizer = new CustomOptimizerOptions(_ => new PlainDescent()) }),
        new("ClipGradientNorm", o => o with { ClipGradientNorm = 0.2f }),
        new("ClipGradientValue", o => o with { ClipGradientValue = 0.05f }),
        new("MaximumNorm", o => o with { MaximumNorm = 0.5f }),
        new("WeightNoise", null, "UpdateTests: by its statistics"),
        new("ExponentialAveragingOptions.Decay", o => o with { Normalization = Normalization.Batch, WeightAveraging = new ExponentialAveragingOptions { Decay = 0.8f } }),
        new("StochasticAveragingOptions.FromEpoch", o => o with { Normalization = Normalization.Batch, WeightAveraging = new StochasticAveragingOptions { FromEpoch = 2 } }),
        new("StochasticAveragingOptions.FromEpoch", o => o with { EarlyStopping = null, WeightAveraging = new StochasticAveragingOptions { FromEpoch = 3 } }, "last weights"),
        new("L1Regularization", o => o with { L1Regularization = 0.05f }),
        new("L2Regularization", o => o with { L2Regularization = 0.1f }),
        new("BatchSize", o => o with { BatchSize = 7 }),
        new("BatchSize", o => o with { BatchSize = null }, "by the number of rows"),
        new("InputNoise", o => o with { InputNoise = 0.3f }),
        new("RowMixing", o => o with { RowMixing = new MixupOptions { Alpha = 1 } }, "mixup"),
        new("RowMixing", o => o with { RowMixing = new MixupOptions { Alpha = 1 }, ExampleWeightColumnName = "Weight" }, "mixup of weighted amounts"),
        new("RowMixing", o => o with { RowMixing = new CutMixOptions { Probability = 0.7f }, InputNoise = 0.1f }, "CutMix, some batches, with noise"),
        new("RowMixing", o => o with { RowMixing = new CutMixOptions(), ExampleWeightColumnName = "Weight" }, "CutMix of classes", Task: LearningTask.Multiclass),
        new("RowMixing", o => o with { RowMixing = new MixupOptions { Alpha = 1 }, Normalization = Normalization.Batch, BatchSize = 20 }, "mixup of classes", Task: LearningTask.Multiclass),
        new("RowMixing", o => o with { RowMixing = new MixupOptions { Alpha = 1 }, ExampleWeightColumnName = "Weight" }, "mixup of two classes", Task: LearningTask.Binary),
        new("BatchSizeRule", o => o with { BatchSize = null, BatchSizeRule = BatchSizeRule.RealMlp with { FullBatchBelow = 2_000 } }, "all rows"),
        new("BatchGrowth", o => o with { BatchGrowth = new() { EveryEpochs = 1 } }),
        new("DropLastBatch", o => o with { DropLastBatch = true, BatchSize = 20 }),
        new("NumberOfEpochs", o => o with { NumberOfEpochs = 9 }),
        new("LearningRateSchedule", o => o with { LearningRateSchedule = Schedule.OneCycle }, "one-cycle"),
        new("LearningRateSchedule", o => o with { LearningRateSchedule = new PlateauSchedule { Patience = 0, MinimumImprovement = 0.5f }.WithWarmUp(1) }, "plateau after a rise"),
        new("DropoutSchedule", o => o with { DropoutRate = 0.5f, DropoutSchedule = new Off() }, "to 0: as without dropout; else DropoutTests", ChangesTraining: false),
        new("DropoutSchedule", o => o with { DropConnectRate = 0.5f, DropoutSchedule = new Off() }, "of DropConnect", ChangesTraining: false),
        new("WeightDecaySchedule", o => o with { L1Regularization = 0.05f, L2Regularization = 0.1f, WeightDecaySchedule = Schedule.Linear }, "of penalties"),
        new("WeightDecaySchedule", o => o with { Optimizer = new AdamWOptions { Epsilon = 0.1f, WeightDecay = 0.5f }, WeightDecaySchedule = Schedule.Linear }, "of decay"),
        new("RefitOnAllRows", o => o with { RefitOnAllRows = true }),
        new("EarlyStopping", o => o with { EarlyStopping = null }, "none"),
        new("EarlyStopping.Monitor", o => o with { EarlyStopping = new() { Monitor = MonitoredValue.TrainingLoss } }),
        new("EarlyStopping.Metric", o => o with { EarlyStopping = new() { Metric = ValidationMetric.MeanAbsoluteError } }, "where the loss chooses the same epoch: no change", ChangesTraining: false),
        new("EarlyStopping.Metric", o => o with { EarlyStopping = new() { Metric = new CustomMetric("one", true, (_, _, _) => 1), Patience = 2 } }, "of one's own"),
        new("EarlyStopping.MinimumImprovement", o => o with { EarlyStopping = new() { MinimumImprovement = 0.5, Patience = 1 } }),
        new("EarlyStopping.Patience", o => o with { NumberOfEpochs = 60, Optimizer = new SgdOptions { LearningRate = 0.8f }, EarlyStopping = new() { Patience = 1 } }),
        new("EarlyStopping.ValidationFraction", o => o with { EarlyStopping = new() { ValidationFraction = 0.4f } }),
        new("EarlyStopping.ValidationRows", o => o with { EarlyStopping = new() { ValidationRows = ValidationRows.Last } }, "the last"),
        new("EarlyStopping.ValidationRows", o => o with { EarlyStopping = new() { ValidationRows = ValidationRows.ByGroup("Name") } }, "by group"),
        new("EarlyStopping.PreferLast", o => o with { EarlyStopping = new() { Monitor = MonitoredValue.ValidationMetric, PreferLast = true } }, "where no epochs are equally good: no change; else BestEpochTrackerTests", ChangesTraining: false),
        new("EarlyStopping.RestoreBest", o => o with { Optimizer = new SgdOptions { LearningRate = 0.8f }, EarlyStopping = new() { RestoreBest = false } }),
        new("EarlyStopping.TimeLimit", o => o with { EarlyStopping = new() { TimeLimit = TimeSpan.FromTicks(1) } }, "ends before the first step"),
        new("Loss", o => o with { Loss = Loss.Huber }, "Huber"),
        new("Loss", o => o with { Loss = new QuantileLoss(0.2f, 0.7f) }, "quantiles"),
        new("Loss", o => o with { Loss = new CustomLoss(new QuarticLoss()) }, "own"),
        new("Loss", o => o with { Loss = new CrossEntropyLoss(LabelSmoothing: 0.2f) }, "smoothing", Task: LearningTask.Binary),
        new("Loss", o => o with { Loss = Loss.Focal }, "focal", Task: LearningTask.Multiclass),
        new("LabelTransform", o => o with { LabelTransform = LabelTransform.None }),
        new("CalibrateProbabilities", o => o with { CalibrateProbabilities = true }, "of the model alone: same weights", LearningTask.Binary, ChangesTraining: false),
        new("StratifiedBatches", o => o with { StratifiedBatches = true }, Task: LearningTask.Multiclass),
        new("ClassWeights", o => o with { ClassWeights = [1, 4] }, Task: LearningTask.Binary),
        new("ClassWeights", o => o with { ClassWeights = [1, 4, 2] }, Task: LearningTask.Multiclass),
        new("BalanceClasses", o => o with { BalanceClasses = true }, Task: LearningTask.Multiclass),
        new("ClampScores", o => o with { ClampScores = false }, "of the model alone: same weights", ChangesTraining: false),
        new("Seed", o => o with { Seed = 77 }),
        new("Engine", null, "EngineChoiceTests"),
        new("Progress", o => o with { Progress = new Progress<EpochReport>() }, "of the loop alone: same weights", ChangesTraining: false),
        new("MeasureTraining", o => o with { MeasureTraining = true }, "of the history alone: same weights", ChangesTraining: false),
        new("Diagnostics", o => o with { Diagnostics = new() }, "of the history alone: same weights", ChangesTraining: false),
        new("FrozenHiddenLayers", o => o with { FrozenHiddenLayers = 1 }, "one of two"),
        new("FrozenHiddenLayers", o => o with { FrozenHiddenLayers = 2, Optimizer = new AdamWOptions { WeightDecay = 0.1f }, NumberEmbedding = new LinearEmbedding { Dimension = 3 } }, "all, embedded, decaying"),
        new("FrozenHiddenLayers", o => o with { FrozenHiddenLayers = 1, Optimizer = new MuonOptions() }, "by Muon"),
        new("Checkpoint", null, "CheckpointTests"),
        new("RowMemory", null, "RowMemoryTests"),
        new("Communicator", null, "refused on this engine: RankedFitTests"),
        new("StopOnCtrlC", o => o with { StopOnCtrlC = true }, "of the loop alone: same weights", ChangesTraining: false),
        new("CancellationToken", o => o with { CancellationToken = new(true), KeepBestWhenCanceled = true }, "ends while data is read", IsCanceled: true),
        new("KeepBestWhenCanceled", o => o with { KeepBestWhenCanceled = true }, "of the loop alone: same weights", ChangesTraining: false),
    ];

    public static IEnumerable<object[]> Rows => s_table.Index().Where(row => row.Item.Change is not null).Select(row => new object[] { row.Index, row.Item.ToString() });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Fit_OptionChanged_AgreesWithTheManagedEngine(int index, string name)
    {
        var row = s_table[index];
        if (row.IsCanceled)
        {
            Action fit = () => Fit(row, new TorchSharpEngine(Device.Cpu));
            fit.Should().Throw<OperationCanceledException>(name);
            return;
        }

        var unchanged = Fit(row with { Change = options => options }, new ManagedEngine { Threads = 1 });
        var expected = Fit(row, new ManagedEngine { Threads = 1 });
        var actual = Fit(row, new TorchSharpEngine(Device.Cpu));

        if (row.ChangesTraining)
            expected.Weights.Should().NotEqual(unchanged.Weights, "{0} must change something here, or the row proves nothing", name);
        ShouldAgree(actual.History, expected.History);
        actual.Weights.Length.Should().Be(expected.Weights.Length);
        double norm = Norm(expected.Weights);
        Norm([.. actual.Weights.Zip(expected.Weights, (x, y) => x - y)]).Should().BeLessThanOrEqualTo(1e-4 * norm, name);
    }

    [TestMethod]
    public void Table_EveryOption_StandsInIt()
    {
        var options = NamesOf<DeepMlpOptions>().Concat(NamesOf<MlpOptions>()).Where(name => name is not ("Optimizer" or "LearningRateFactors" or "WeightAveraging"))
            .Concat(NamesOf<EarlyStoppingOptions>().Select(name => $"EarlyStopping.{name}"))
            .Concat(NamesOf<Normalization>().Select(name => $"Normalization.{name}"))
            .Concat(NamesOf(typeof(BatchNormalization)))
            .Concat(NamesOf<LearningRateFactors>().Select(name => $"LearningRateFactors.{name}"))
            .Concat(NamesOf<OptimizerOptions>().Select(name => $"Optimizer.{name}"))
            .Concat(typeof(OptimizerOptions).Assembly.GetTypes().Where(type => type.BaseType == typeof(OptimizerOptions) || type.BaseType == typeof(WeightAveragingOptions)).SelectMany(NamesOf));

        s_table.Select(row => row.Option).Distinct().Should().BeEquivalentTo(options);
    }

    private static DeepMlpOptions Lbfgs(DeepMlpOptions options, LbfgsOptions lbfgs) => options with { Optimizer = lbfgs, BatchSize = null };

    private static IEnumerable<string> NamesOf<T>() => Own(typeof(T)).Select(property => property.Name);

    private static IEnumerable<string> NamesOf(Type type) => Own(type).Select(property => $"{type.Name}.{property.Name}");

    private static IEnumerable<PropertyInfo> Own(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(property => property.CanWrite);

    private static Fitted Fit(Row row, IMlpEngine engine)
    {
        var ml = new MLContext(seed: 1);
        var options = s_options with { LabelColumnName = Trainer.LabelOf(row.Task) };
        return Trainer.Fit(row.Task, ml, row.Change!(options) with { Engine = engine }, Examples.Load(ml));
    }

    private static void ShouldAgree(TrainingHistory actual, TrainingHistory expected)
    {
        (actual.StopReason, actual.BestEpoch, actual.Epochs.Count, actual.TrainingRows, actual.ValidationRows, actual.MetricName)
            .Should().Be((expected.StopReason, expected.BestEpoch, expected.Epochs.Count, expected.TrainingRows, expected.ValidationRows, expected.MetricName));
        foreach (var (mine, its) in actual.Epochs.Zip(expected.Epochs))
        {
            mine.TrainingLoss.Should().BeApproximately(its.TrainingLoss, 1e-4 * its.TrainingLoss);
            mine.ValidationLoss.GetValueOrDefault().Should().BeApproximately(its.ValidationLoss.GetValueOrDefault(), 1e-4 * its.ValidationLoss.GetValueOrDefault());
            mine.ValidationMetric.GetValueOrDefault().Should().BeApproximately(its.ValidationMetric.GetValueOrDefault(), 1e-4 * its.ValidationMetric.GetValueOrDefault());
            (mine.LearningRate, mine.IsBest).Should().Be((its.LearningRate, its.IsBest));
        }
    }

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));

    private sealed record Off : Schedule
    {
        public override double FactorAt(SchedulePoint point) => 0;
    }

    private sealed record Row(string Option, Func<DeepMlpOptions, DeepMlpOptions>? Change, string? How = null,
        LearningTask Task = LearningTask.Regression, bool ChangesTraining = true, bool IsCanceled = false)
    {
        public override string ToString() => How is null ? Option : $"{Option}: {How}";
    }
}
