using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLExtensions.Samples;

/// <summary>
/// A network of one's own, written with TorchSharp, as an ordinary ML.NET trainer: the same loop trains it, the same archive holds it.
/// </summary>
internal static class OwnNetwork
{
    public static void Run()
    {
        Report.Heading("California housing: a residual network");
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<District>(Path.Combine(AppContext.BaseDirectory, "california-housing.csv"), separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);

        // 1. The factory is told how many features and outputs there are. Options that describe layers (HiddenLayers, DropoutRate, ...)
        //    stay at their defaults; all others hold as for any network.
        var residual = new TorchSharpNetwork("residual", input => new ResidualNetwork(input.Features, input.Outputs));
        var options = new DeepMlpOptions
        {
            LabelColumnName = "MedianHouseValue",
            BatchSize = 256,
            NumberOfEpochs = 20,
            Optimizer = new AdamWOptions { LearningRate = 2e-3f },
            Engine = new TorchSharpEngine { Network = residual },
        };
        var model = ml.Transforms.ScaleStandard("Features").Append(ml.Regression.Trainers.DeepMlp(options)).Fit(split.TrainSet);

        // 2. Measure on rows that no step has seen, beside a linear model.
        var linear = ml.Transforms.ScaleStandard("Features")
            .Append(ml.Regression.Trainers.DeepMlp(options with { HiddenLayers = [], Engine = new ManagedEngine() })).Fit(split.TrainSet);
        Report.Line($"{model.LastTransformer.History.Engine}: RMSE {Error(model):F4}, the linear model's {Error(linear):F4}");

        // 3. The archive has the weights and the name, not the code: who loads it has the class, and registers it.
        Report.Heading("Saved and loaded");
        string path = Path.Combine(Path.GetTempPath(), "california-housing-residual.zip");
        ml.Model.SaveSafely(model, data.Schema, path);
        var loaded = new MLContext().RegisterTorchSharpNetwork(residual).Model.Load(path, out _);
        Report.Line($"RMSE of the loaded model {Error(loaded):F4}");

        double Error(ITransformer transformer) => ml.Regression.Evaluate(transformer.Transform(split.TestSet), "MedianHouseValue").RootMeanSquaredError;
    }
}

internal sealed class ResidualNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Linear _first;
    private readonly Linear _inner;
    private readonly Linear _outer;
    private readonly Linear _last;

    public ResidualNetwork(int features, int outputs)
        : base(nameof(ResidualNetwork))
    {
        _first = nn.Linear(features, 64);
        _inner = nn.Linear(64, 128);
        _outer = nn.Linear(128, 64);
        _last = nn.Linear(64, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var hidden = _first.call(input);
        var residue = _outer.call(_inner.call(hidden).relu());
        return _last.call((hidden + residue).relu());
    }
}
