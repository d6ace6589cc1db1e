using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLExtensions.Trainers.Tests;

/// <summary>y = W₂ (h + block(h)) with h = W₁ x: a network that no list of layers describes.</summary>
internal sealed class ResidualNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Linear _first;
    private readonly BatchNorm1d _normalization;
    private readonly Linear _block;
    private readonly Linear _last;

    public ResidualNetwork(int features, int outputs, int units = 12)
        : base(nameof(ResidualNetwork))
    {
        _first = nn.Linear(features, units);
        _normalization = nn.BatchNorm1d(units);
        _block = nn.Linear(units, units);
        _last = nn.Linear(units, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var hidden = _first.call(input);
        return _last.call(hidden + nn.functional.relu(_block.call(_normalization.call(hidden))));
    }
}
