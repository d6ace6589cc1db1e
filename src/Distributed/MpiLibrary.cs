using System.Reflection;
using System.Runtime.InteropServices;

namespace MLExtensions.Distributed;

/// <summary>Where MPI.NET, which asks for Microsoft's <c>msmpi.dll</c>, finds the MPI of the system.</summary>
internal static class MpiLibrary
{
    // MPICH as Debian names it; as itself and Intel MPI do. Open MPI, whose handles are pointers, has another number.
    private static readonly string[] s_names = OperatingSystem.IsWindows() ? ["msmpi.dll"] : OperatingSystem.IsMacOS() ? ["libmpi.12.dylib"] : ["libmpich.so.12", "libmpi.so.12"];

    private static nint s_handle;

    /// <summary>Loads the library and tells MPI.NET of it.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static void Load()
    {
        if (!s_names.Any(name => NativeLibrary.TryLoad(name, out s_handle)))
        {
            throw new InvalidOperationException($"No MPI library was found ({string.Join(", ", s_names)}): install MPICH (apt-get install mpich), Intel MPI or, on Windows, MS-MPI, " +
                "and start the program with its mpiexec; or leave Communicator null to train in this process alone.");
        }
        NativeLibrary.SetDllImportResolver(typeof(MPI.Unsafe).Assembly, Resolve);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name.StartsWith("msmpi", StringComparison.OrdinalIgnoreCase) ? s_handle : 0;
}
