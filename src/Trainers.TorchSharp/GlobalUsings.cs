// What nearly every file here names, and the folders of this assembly: test/Architecture keeps their order.
global using MLExtensions.Networks;
global using MLExtensions.Networks.Augmentation;
global using MLExtensions.Networks.Engine;
global using MLExtensions.Networks.HostOptimizers;
global using MLExtensions.Networks.Losses;
global using MLExtensions.Networks.Optimizers;
global using MLExtensions.Networks.Randomness;
global using MLExtensions.Trainers;
global using MLExtensions.Trainers.TorchSharp;
global using MLExtensions.Trainers.TorchSharp.CustomNetworks;
global using MLExtensions.Trainers.TorchSharp.Devices;
global using MLExtensions.Trainers.TorchSharp.Layers;
global using MLExtensions.Trainers.TorchSharp.Losses;
global using MLExtensions.Trainers.TorchSharp.Optimizers;
global using MLExtensions.Trainers.TorchSharp.Rows;
global using TorchSharp;
global using static TorchSharp.torch;
