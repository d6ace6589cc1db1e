using MLExtensions.Pipeline;
using MLExtensions.Transforms;

// Every scaler that ML.NET can load has a line here.
[assembly: LoadableComponent(typeof(StandardScalingTransformer), typeof(ScalingLoader<StandardScalingLayout, StandardScalingTransformer, StandardScalingOptions, StandardScalingParameters>), StandardScalingLayout.Name)]
[assembly: LoadableComponent(typeof(MinMaxScalingTransformer), typeof(ScalingLoader<MinMaxScalingLayout, MinMaxScalingTransformer, MinMaxScalingOptions, MinMaxScalingParameters>), MinMaxScalingLayout.Name)]
[assembly: LoadableComponent(typeof(InverseScalingTransformer), typeof(ScalingLoader<InverseScalingLayout, InverseScalingTransformer, NoScalingOptions, AffineMap>), InverseScalingLayout.Name)]
