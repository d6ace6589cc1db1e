namespace Microsoft.ML;

/// <summary>The arguments, besides the environment, of whatever loads a component from its model block.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);
