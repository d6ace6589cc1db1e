// What nearly every file here names, and the folders of this assembly: test/Architecture keeps their order.
global using MLExtensions.Networks;
global using MLExtensions.Networks.Checks;
global using MLExtensions.Networks.Probing;
global using MLExtensions.Progress.EventFiles;
global using MLExtensions.Progress.Terminal;
global using MLExtensions.Progress.Texts;
global using static System.FormattableString;
