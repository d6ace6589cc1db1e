namespace MLExtensions.Networks;

/// <summary>What the settings of an <c>MLContext</c> say about devices.</summary>
/// <param name="GpuDeviceId">The index of the GPU to train on, or null where the context names none.</param>
/// <param name="FallbackToCpu">Whether to train on the CPU where the GPU that was asked for is not there.</param>
public sealed record DevicePreference(int? GpuDeviceId, bool FallbackToCpu);
