namespace MLExtensions.Networks;

/// <summary>Something that can train networks: managed code, or a native library.</summary>
public interface IMlpEngine
{
    /// <summary>The name for logs, such as <c>managed, 2 threads</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The engine as it stands for one training: an engine that can choose between devices returns one that has chosen. Called
    /// once per <c>Fit</c>, before the data is read.
    /// </summary>
    /// <param name="preference">The settings of the trainer's <c>MLContext</c>.</param>
    /// <exception cref="InvalidOperationException">The device that was asked for is not there.</exception>
    IMlpEngine For(DevicePreference preference) => this;

    /// <summary>What to tell the log about the choice that <see cref="For"/> has made, such as a faster one; null for nothing.</summary>
    string? Advice => null;

    /// <summary>The network that this engine trains in place of the one that options describe, or null.</summary>
    ICustomNetwork? CustomNetwork => null;

    /// <summary>Whether sessions can share steps with other ranks, as <see cref="MlpOptions.Communicator"/> asks for; false by default.</summary>
    bool TrainsOnRanks => false;

    /// <summary>Makes a network ready to be trained on a block of data. Weights are undefined until they are set.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The rows; the engine may keep the reference and must not change the values.</param>
    /// <param name="settings">Loss, optimizer and the rest.</param>
    IMlpSession Open(NetworkDescription network, DataBlock data, EngineSettings settings);
}
