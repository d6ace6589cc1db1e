namespace MLExtensions.Benchmarks.Speed;

/// <summary>Another library that can do some of the same work.</summary>
internal interface IPeer : IDisposable
{
    /// <summary>The name for tables, with the number of threads.</summary>
    string Name { get; }

    /// <summary>Versions, of the linear algebra beneath too.</summary>
    string Description { get; }

    /// <summary>The processor time that the peer has used outside of this process.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>Makes data and networks ready, in place of any before; null where the peer cannot do such work.</summary>
    IContender? Prepare(PeerWork work);
}
