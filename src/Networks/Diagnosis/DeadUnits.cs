namespace MLExtensions.Networks.Diagnosis;

/// <summary>Layers of which most units give no gradient for any row.</summary>
internal sealed class DeadUnits : UselessUnits
{
    protected override string What => "dead: they give no gradient for any of the rows";

    protected override double? ShareOf(LayerStatistics layer) => layer.DeadShare;

    protected override string Advice(bool afterTraining) => afterTraining
        ? "Try a lower LearningRate, Activation.LeakyRelu or Activation.Gelu, or Normalization."
        : "Leave Initializer and BiasStart at their defaults, scale the features, or take Activation.LeakyRelu.";
}
