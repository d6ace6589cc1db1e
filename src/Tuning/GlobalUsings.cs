// What nearly every file here names, and the folders of this assembly: test/Architecture keeps their order.
global using Microsoft.ML;
global using Microsoft.ML.Data;
global using MLExtensions.Networks;
global using MLExtensions.Networks.Checks;
global using MLExtensions.Networks.Randomness;
global using MLExtensions.Trainers;
global using MLExtensions.Tuning.Dimensions;
global using MLExtensions.Tuning.Importance;
global using MLExtensions.Tuning.Space;
global using MLExtensions.Tuning.Stopping;
global using MLExtensions.Tuning.Storage;
global using MLExtensions.Tuning.Strategies;
global using MLExtensions.Tuning.Trials;
global using static MLExtensions.Networks.Checks.OptionRules;
global using static System.FormattableString;
