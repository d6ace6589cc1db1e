namespace MLExtensions.Networks.Diagnosis;

/// <summary>Layers of which most units are at a limit of their sigmoid or tanh for nearly all rows.</summary>
internal sealed class SaturatedUnits : UselessUnits
{
    protected override string What => "saturated: at a limit of their function for nearly all rows, where its slope is next to 0";

    protected override double? ShareOf(LayerStatistics layer) => layer.SaturatedShare;

    protected override string Advice(bool afterTraining) =>
        "Scale the features, take an Initializer with smaller weights, a lower LearningRate, Activation.Relu, or Normalization.";
}
