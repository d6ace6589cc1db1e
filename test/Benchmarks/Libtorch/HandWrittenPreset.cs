using MLExtensions.Networks;
using MLExtensions.Trainers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLExtensions.Benchmarks.Libtorch;

/// <summary>
/// The training of a preset as one writes it with TorchSharp: numbers embedded piecewise linearly by one product for all features, members of TabM as
/// one more dimension, RealMLP's scaled inputs and mixed activation, and TorchSharp's own Adam or AdamW. Weights are not averaged, and learning rates are one.
/// </summary>
internal sealed class HandWrittenPreset : IDisposable
{
    private readonly List<Parameter> _parameters = [];
    private readonly Tensor _features;
    private readonly Tensor _classes;
    private readonly Tensor _order;
    private readonly optim.Optimizer _optimizer;
    private readonly double? _clip;
    private readonly int _batch;
    private readonly int _members;
    private Func<Tensor, Tensor> _forward = x => x;
    private int _first;

    /// <summary>Makes data, network and optimizer.</summary>
    /// <param name="options">The preset: a network without normalization.</param>
    /// <param name="features">The values of each row.</param>
    /// <param name="featureCount">The features of a row, all numbers.</param>
    /// <param name="classes">The class of each row.</param>
    /// <param name="classCount">The classes.</param>
    /// <param name="batch">The rows of a step.</param>
    public HandWrittenPreset(DeepMlpOptions options, float[] features, int featureCount, float[] classes, int classCount, int batch)
    {
        int rows = classes.Length;
        _features = tensor(features, [rows, featureCount]);
        _classes = tensor(classes).to_type(ScalarType.Int64);
        _order = randperm(rows);
        (_batch, _members, _clip) = (batch, options.BatchEnsemble?.Members ?? 1, options.ClipGradientNorm);

        int width = AddEmbedding((PiecewiseLinearEmbedding)options.NumberEmbedding!.For(featureCount, isLinear: false)!, featureCount);
        if (options.ScalesInputs)
            Add(ones(width), scale => x => x * scale);
        if (_members > 1)
            Add(x => x.unsqueeze(1));
        foreach (var (layer, units) in options.HiddenLayers.Index())
        {
            if (_members > 1)
                Add(layer == 0 ? randn(_members, width).sign() : ones(_members, width), factors => x => x * factors);
            AddLinear(width, units, options.NeuralTangent);
            if (_members > 1)
            {
                Add(ones(_members, units), factors => x => x * factors);
                Add(zeros(_members, units), shifts => x => x + shifts);
            }
            AddActivation(options.Activation, units);
            if (options.DropoutRate > 0)
                Add(x => nn.functional.dropout(x, options.DropoutRate, training: true));
            width = units;
        }
        if (_members > 1)
        {
            // [rows x members x units] by a matrix for each member.
            Add(randn(_members, width, classCount) / Math.Sqrt(width), heads => x => matmul(x.transpose(0, 1), heads));
            Add(zeros(_members, 1, classCount), bias => x => x + bias);
        }
        else
        {
            AddLinear(width, classCount, options.NeuralTangent);
        }
        _optimizer = options.Optimizer switch
        {
            AdamWOptions adamW => optim.AdamW(_parameters, adamW.LearningRate, adamW.Beta1, adamW.Beta2, adamW.Epsilon, adamW.WeightDecay),
            _ => optim.Adam(_parameters),
        };
    }

    /// <summary>A training step; returns its rows.</summary>
    public long Step()
    {
        using var scope = NewDisposeScope();
        var chosen = _order[TensorIndex.Slice(_first, _first + _batch)];
        _optimizer.zero_grad();
        var logits = _forward(_features[chosen]);
        var targets = _classes[chosen];
        // Each member has a loss of its own.
        var loss = _members > 1 ? nn.functional.cross_entropy(logits.reshape(_members * _batch, -1), targets.repeat(_members)) : nn.functional.cross_entropy(logits, targets);
        loss.backward();
        if (_clip is { } clip)
            nn.utils.clip_grad_norm_(_parameters, clip);
        _optimizer.step();
        _first = _first + 2 * _batch <= _order.shape[0] ? _first + _batch : 0;
        return _batch;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        foreach (var tensor in _parameters.Append(_features).Append(_classes).Append(_order))
            tensor.Dispose();
    }

    private int AddEmbedding(PiecewiseLinearEmbedding embedding, int features)
    {
        // Bins of equal width stand for quantiles: the work is the same.
        var edges = linspace(-1, 1, embedding.Bins + 1).repeat(features, 1);
        var (low, bin) = (edges[TensorIndex.Colon, TensorIndex.Slice(0, embedding.Bins)], 2f / embedding.Bins);
        var least = zeros(embedding.Bins);
        var most = ones(embedding.Bins);
        (least[0], most[embedding.Bins - 1]) = (float.NegativeInfinity, float.PositiveInfinity);
        Add(x => cat([x.unsqueeze(-1), ((x.unsqueeze(-1) - low) / bin).maximum(least).minimum(most)], -1));
        // [features x rows x functions] by a matrix for each feature.
        Add(randn(features, embedding.Bins + 1, embedding.Dimension) / Math.Sqrt(embedding.Bins), weights => x => matmul(x.transpose(0, 1), weights));
        Add(zeros(features, 1, embedding.Dimension), bias => x => (x + bias).transpose(0, 1).reshape(-1, features * embedding.Dimension));
        return features * embedding.Dimension;
    }

    private void AddLinear(int inputs, int units, bool isTangent)
    {
        var weights = NewParameter(randn(units, inputs) / (isTangent ? 1 : Math.Sqrt(inputs)));
        var bias = NewParameter(zeros(units));
        double factor = 1 / Math.Sqrt(inputs);
        if (isTangent)
            Add(x => matmul(x, weights.t()) * factor + bias);
        else
            Add(x => nn.functional.linear(x, weights, bias));
    }

    private void AddActivation(Activation activation, int units)
    {
        if (activation is MixedActivation)
            Add(ones(units), slope => x => x + slope * (nn.functional.selu(x) - x));
        else
            Add(x => nn.functional.relu(x));
    }

    private void Add(Tensor start, Func<Parameter, Func<Tensor, Tensor>> layer) => Add(layer(NewParameter(start)));

    private void Add(Func<Tensor, Tensor> layer)
    {
        var before = _forward;
        _forward = x => layer(before(x));
    }

    private Parameter NewParameter(Tensor start)
    {
        var parameter = new Parameter(start);
        _parameters.Add(parameter);
        return parameter;
    }
}
