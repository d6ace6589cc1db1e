using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>
/// What one layer of a network was like after an epoch: see <see cref="MlpOptions.Diagnostics"/>. Only layers with parameters and activations have
/// such a record; a value is null where the layer has none.
/// </summary>
/// <param name="Layer">The index of the layer in the network.</param>
/// <param name="Name">
/// The index and the kind, such as <c>3 linear</c>; of a network of an application's own, the part of the name of its tensors before the last dot.
/// </param>
/// <remarks>
/// Gradients, activations and slopes are those of the sampled training rows as one batch, with the weights after the epoch: dropout, noise and
/// mixing off, normalization by the statistics of the batch, as in training. Of a network of an application's own only its weights are known.
/// </remarks>
public sealed record LayerStatistics(int Layer, string Name)
{
    /// <summary>√Σ g² over the trained parameters of the layer, g being the gradient of the mean loss without penalties.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GradientNorm { get; init; }

    /// <summary>√Σ w² over the trained parameters of the layer, biases among them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WeightNorm { get; init; }

    /// <summary>
    /// By how much the last step of the epoch changed the parameters, √Σ (w - v)² / √Σ v² with v before and w after it. About 0.001 is healthy while the
    /// network learns; much more is a step that forgets, much less one that does not learn. Null where all parameters were 0, and where the epoch was cut short.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? UpdateRatio { get; init; }

    /// <summary>The mean of all values that the layer gave.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ActivationMean { get; init; }

    /// <summary>The standard deviation of all values that the layer gave.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ActivationDeviation { get; init; }

    /// <summary>
    /// The share of the units of an activation that no row gets a gradient through: its slope is at most 0.001 for all of them, as that of a ReLU that gives 0. Null for
    /// functions with two limits, and for maxout.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DeadShare { get; init; }

    /// <summary>
    /// The share of the units of a sigmoid or tanh that are within a hundredth of its range from a limit for at least 95 % of the rows. Null for functions without
    /// two limits.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SaturatedShare { get; init; }
}
