// What nearly every file here names: test/Architecture keeps their order.
global using MLExtensions.Networks;
global using static System.FormattableString;
