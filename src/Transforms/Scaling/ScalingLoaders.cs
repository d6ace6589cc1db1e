using MLExtensions.Pipeline;
using MLExtensions.Transforms;

// Every scaler that ML.NET can load has a line here.
[assembly: LoadableComponent(typeof(StandardScalingTransformer), typeof(ScalingLoader<StandardScalingLayout, StandardScalingTransformer, StandardScalingOptions, StandardScalingParameters>), StandardScalingLayout.Name)]
[assembly: LoadableComponent(typeof(MinMaxScalingTransformer), typeof(ScalingLoader<MinMaxScalingLayout, MinMaxScalingTransformer, MinMaxScalingOptions, MinMaxScalingParameters>), MinMaxScalingLayout.Name)]
[assembly: LoadableComponent(typeof(InverseScalingTransformer), typeof(ScalingLoader<InverseScalingLayout, InverseScalingTransformer, NoScalingOptions, ColumnMap>), InverseScalingLayout.Name)]
[assembly: LoadableComponent(typeof(MaxAbsScalingTransformer), typeof(ScalingLoader<MaxAbsScalingLayout, MaxAbsScalingTransformer, MaxAbsScalingOptions, MaxAbsScalingParameters>), MaxAbsScalingLayout.Name)]
[assembly: LoadableComponent(typeof(RobustScalingTransformer), typeof(ScalingLoader<RobustScalingLayout, RobustScalingTransformer, RobustScalingOptions, RobustScalingParameters>), RobustScalingLayout.Name)]
[assembly: LoadableComponent(typeof(QuantileScalingTransformer), typeof(ScalingLoader<QuantileScalingLayout, QuantileScalingTransformer, QuantileScalingOptions, QuantileScalingParameters>), QuantileScalingLayout.Name)]
[assembly: LoadableComponent(typeof(PowerScalingTransformer), typeof(ScalingLoader<PowerScalingLayout, PowerScalingTransformer, PowerScalingOptions, PowerScalingParameters>), PowerScalingLayout.Name)]
[assembly: LoadableComponent(typeof(WhiteningTransformer), typeof(ScalingLoader<WhiteningLayout, WhiteningTransformer, WhiteningOptions, WhiteningParameters>), WhiteningLayout.Name)]
