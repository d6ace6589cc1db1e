using System.Runtime.InteropServices;

namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>
/// The parameters of a network on the device. All trained values lie in one tensor, weight matrices first, and all gradients in
/// another, so that an optimizer makes a few calls per step however many layers there are: of a step of 64 x 64 units on the CPU
/// one call of TorchSharp's own Adam per tensor would be the greater part.
/// </summary>
internal sealed class TorchParameters : IDisposable
{
    private readonly ParameterLayout _layout;
    private readonly ParameterTensor[] _trained;
    private readonly Dictionary<string, Tensor> _tensors = [];
    private readonly bool _ownsTensors;

    /// <summary>Makes parameters that are all zero.</summary>
    /// <param name="layout">The parameters of the network.</param>
    /// <param name="device">The device.</param>
    /// <param name="module">The module whose tensors are to be these parameters, on that device; null makes tensors.</param>
    public TorchParameters(ParameterLayout layout, torch.Device device, TorchModule? module = null)
    {
        _ownsTensors = module is null;
        var existing = module?.Tensors;

        using var scope = NewDisposeScope();
        _layout = layout;
        _trained = [.. layout.Tensors.Where(tensor => tensor.IsTrained).OrderBy(tensor => tensor.Role == ParameterRole.Weight ? 0 : 1)];
        int weights = layout.Tensors.Where(tensor => tensor.Role == ParameterRole.Weight).Sum(tensor => tensor.Length);
        Values = zeros(layout.TrainedLength, device: device);
        Gradients = zeros(layout.TrainedLength, device: device);
        WeightValues = Values.narrow(0, 0, weights);
        WeightGradients = Gradients.narrow(0, 0, weights);

        int offset = 0;
        foreach (var tensor in _trained)
        {
            _tensors.Add(tensor.Name, existing is null ? Leaf(tensor, offset) : Adopt(existing[tensor.Name], tensor, offset));
            offset += tensor.Length;
        }
        foreach (var tensor in layout.Tensors.Where(tensor => !tensor.IsTrained))
            _tensors.Add(tensor.Name, existing?[tensor.Name] ?? zeros(tensor.LongShape(), device: device));

        scope.Detach(Values, Gradients, WeightValues, WeightGradients);
        if (_ownsTensors)
            scope.Detach(_tensors.Values);
    }

    /// <summary>All trained values, [trained length].</summary>
    public Tensor Values { get; }

    /// <summary>The gradients of <see cref="Values"/>; a backward pass adds to them.</summary>
    public Tensor Gradients { get; }

    /// <summary>The part of <see cref="Values"/> that are weights of matrices, the only ones that penalties and decay act on.</summary>
    public Tensor WeightValues { get; }

    /// <summary>The gradients of <see cref="WeightValues"/>.</summary>
    public Tensor WeightGradients { get; }

    /// <summary>The trained tensors in the order of <see cref="Values"/>.</summary>
    public IReadOnlyList<ParameterTensor> Trained => _trained;

    /// <summary>A tensor by its name in the layout, such as <c>0.weight</c>.</summary>
    public Tensor this[string name] => _tensors[name];

    /// <summary>One number per trained value, in the order of <see cref="Values"/>; belongs to the present dispose scope.</summary>
    /// <param name="numberOf">The number of the values of a tensor.</param>
    public Tensor Spread(Func<ParameterTensor, float> numberOf)
    {
        float[] numbers = [.. _trained.SelectMany(tensor => Enumerable.Repeat(numberOf(tensor), tensor.Length))];
        return tensor(numbers, device: Values.device);
    }

    /// <summary>The part of a flat tensor like <see cref="Values"/> that belongs to a trained tensor, in its shape.</summary>
    public Tensor ViewOf(Tensor flat, ParameterTensor tensor)
    {
        int offset = 0;
        for (int i = 0; _trained[i] != tensor; i++)
            offset += _trained[i].Length;
        return View(flat, tensor, offset);
    }

    /// <summary>Copies the present values to the host.</summary>
    public void CopyTo(NetworkWeights destination) => _tensors.CopyTo(destination);

    /// <summary>Copies the present gradients of the trained values to the host.</summary>
    public void CopyGradientsTo(NetworkWeights destination)
    {
        using var scope = NewDisposeScope();
        foreach (var tensor in destination.Layout.Tensors.Where(tensor => tensor.IsTrained))
            MemoryMarshal.Cast<byte, float>(_tensors[tensor.Name].grad!.cpu().bytes).CopyTo(destination[tensor]);
    }

    /// <summary>Moves towards other parameters of the same layout: a ← decay a + share w, running statistics included.</summary>
    public void MoveTowards(TorchParameters others, Scalar decay, Scalar share)
    {
        Values.mul_(decay).add_(others.Values, share);
        foreach (var tensor in _layout.Tensors.Where(tensor => !tensor.IsTrained))
            _tensors[tensor.Name].mul_(decay).add_(others[tensor.Name], share);
    }

    /// <summary>Gives or sets the values.</summary>
    public void Exchange(StateExchange state)
    {
        var values = new NetworkWeights(_layout);
        CopyTo(values);
        values.Exchange(state);
        if (state.IsSetting)
            CopyFrom(values);
    }

    /// <summary>Replaces the values.</summary>
    public void CopyFrom(NetworkWeights source) => _tensors.CopyFrom(source);

    public void Dispose()
    {
        if (_ownsTensors)
        {
            foreach (var tensor in _tensors.Values)
                tensor.Dispose();
        }
        WeightValues.Dispose();
        WeightGradients.Dispose();
        Values.Dispose();
        Gradients.Dispose();
    }

    // Shares the values; with a gradient set, a backward pass adds to that gradient in place.
    private Tensor Leaf(ParameterTensor tensor, int offset) =>
        WithGradient(View(Values, tensor, offset).detach().requires_grad_(), tensor, offset);

    private Tensor Adopt(Tensor parameter, ParameterTensor tensor, int offset)
    {
        using (no_grad())
            parameter.set_(View(Values, tensor, offset));
        return WithGradient(parameter, tensor, offset);
    }

    private Tensor WithGradient(Tensor leaf, ParameterTensor tensor, int offset)
    {
        leaf.grad = View(Gradients, tensor, offset);
        return leaf;
    }

    private static Tensor View(Tensor flat, ParameterTensor tensor, int offset) =>
        flat.narrow(0, offset, tensor.Length).view(tensor.LongShape());
}
