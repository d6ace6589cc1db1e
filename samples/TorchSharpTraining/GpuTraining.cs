using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Samples;

/// <summary>The same trainer on libtorch: on an NVIDIA GPU where there is one, else on the CPU. Scoring needs neither.</summary>
internal static class GpuTraining
{
    public static void Run()
    {
        Report.Heading("California housing: the managed engine and libtorch side by side");
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<District>(Path.Combine(AppContext.BaseDirectory, "california-housing.csv"), separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);

        // 1. A wide network: what a GPU is for. On small ones the managed engine is faster.
        var options = new DeepMlpOptions
        {
            LabelColumnName = "MedianHouseValue",
            HiddenLayers = [256, 256, 256],
            BatchSize = 1024,
            NumberOfEpochs = 8,
            Optimizer = new AdamWOptions { LearningRate = 2e-3f },
        };

        // 2. The managed engine, by naming it; then libtorch for the whole context. Device.Auto takes the GPU of ml.GpuDeviceId, or
        //    else the first, or else the CPU; with Device.Cuda() and no GPU there would be an error, or, with ml.FallbackToCpu, the CPU.
        var managed = Train(options with { Engine = new ManagedEngine() });
        ml.UseTorchSharp(Device.Auto);
        var torchSharp = Train(options);

        // 3. Single products on the tensor cores of a GPU, rounded to TensorFloat-32, are a choice of their own.
        Train(options with { Engine = new TorchSharpEngine(Device.Auto) { Precision = MatrixPrecision.TensorFloat32 } });

        // 4. The model is the same kind of model: an application that loads it needs no TorchSharp.
        Report.Heading("Saved and loaded");
        string path = Path.Combine(Path.GetTempPath(), "california-housing-torchsharp.zip");
        ml.Model.SaveSafely(torchSharp, data.Schema, path);
        var loaded = new MLContext().Model.Load(path, out _);
        Report.Line($"RMSE of the loaded model {ml.Regression.Evaluate(loaded.Transform(split.TestSet), "MedianHouseValue").RootMeanSquaredError:F4}");
        managed.Dispose();

        TransformerChain<DeepMlpTransformer<DeepMlpRegressionModelParameters>> Train(DeepMlpOptions chosen)
        {
            var model = ml.Transforms.ScaleStandard("Features").Append(ml.Regression.Trainers.DeepMlp(chosen)).Fit(split.TrainSet);
            var history = model.LastTransformer.History;
            double error = ml.Regression.Evaluate(model.Transform(split.TestSet), "MedianHouseValue").RootMeanSquaredError;
            Report.Line($"{history.Engine}: RMSE {error:F4}, {1000 * history.Epochs[^1].Seconds / history.Epochs.Count:F0} ms per epoch");
            return model;
        }
    }
}
