// What nearly every file here names, and the folders of this assembly: test/Architecture keeps their order.
global using Microsoft.ML;
global using Microsoft.ML.Data;
global using MLExtensions.Networks;
global using MLExtensions.Networks.Checks;
global using MLExtensions.Networks.Files;
global using MLExtensions.Reports.Charts;
global using MLExtensions.Reports.Facts;
global using MLExtensions.Reports.Markup;
global using MLExtensions.Reports.Measures;
global using MLExtensions.Reports.Page;
global using MLExtensions.Reports.Sections;
global using MLExtensions.Trainers;
global using MLExtensions.Trainers.Evaluation;
global using MLExtensions.Trainers.Labels;
global using MLExtensions.Tuning;
global using static System.FormattableString;
