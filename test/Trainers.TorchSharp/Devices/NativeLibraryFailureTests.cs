using MLExtensions.Trainers.TorchSharp.Devices;

namespace MLExtensions.Trainers.Tests;

/// <summary>What is made of the words of .NET's loader, as they come on various systems.</summary>
[TestClass]
public sealed class NativeLibraryFailureTests
{
    private const string Head = "Unable to load shared library 'LibTorchSharp' or one of its dependencies. In order to help diagnose loading problems, " +
        "consider using a tool like strace. If you're using glibc, consider setting the LD_DEBUG environment variable: ";

    private const string Tried = "/nowhere/LibTorchSharp.so: cannot open shared object file: No such file or directory";
    private const string Systems = "Debian 13, Ubuntu 24.04 (the default of .NET 10's container images) and later systems have it.";

    [TestMethod]
    [DataRow("/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)", "libstdc++", "GLIBCXX_3.4.32")]
    [DataRow("/lib/x86_64-linux-gnu/libstdc++.so.6: version `CXXABI_1.3.15' not found (required by /app/libtorch_cpu.so)", "libstdc++", "CXXABI_1.3.15")]
    [DataRow("/lib64/libc.so.6: version `GLIBC_2.34' not found (required by /app/libLibTorchSharp.so)", "glibc", "GLIBC_2.34")]
    [DataRow("/lib/x86_64-linux-gnu/libc.so.6: Version »GLIBC_2.34« nicht gefunden (benötigt von /app/libLibTorchSharp.so)", "glibc", "GLIBC_2.34")]
    public void Of_VersionNameMissing_SaysThatTheSystemIsTooOld(string line, string library, string version)
    {
        // The library that lacks the version is there, wherever the system has it.
        string here = typeof(NativeLibraryFailureTests).Assembly.Location + line[line.IndexOf(": ", StringComparison.Ordinal)..];

        var failure = NativeLibraryFailure.Of(new DllNotFoundException($"{Head}\n{Tried}\n{here}\n{Tried}\n"), "linux-x64");

        failure.Reason.Should().Be(here + ".");
        failure.Advice.Should().Be($"The {library} of this system is too old and has no {version}; {Systems}");
        failure.IsSystemTooOld.Should().BeTrue();
        failure.Exception.Should().BeNull();
    }

    [TestMethod]
    [DataRow($"{Head}\n{Tried}\nlibtorch.so: cannot open shared object file: No such file or directory\n{Tried}\n",
        "libtorch.so: cannot open shared object file: No such file or directory.")]
    [DataRow($"{Head}\n{Tried}\n{Tried}\n", "Unable to load shared library 'LibTorchSharp' or one of its dependencies.")]
    [DataRow("Unable to load DLL 'LibTorchSharp' or one of its dependencies: The specified module could not be found. (0x8007007E)",
        "Unable to load DLL 'LibTorchSharp' or one of its dependencies: The specified module could not be found. (0x8007007E).")]
    [DataRow("Unable to load shared library 'LibTorchSharp' or one of its dependencies. In order to help diagnose loading problems, consider setting the DYLD_PRINT_LIBRARIES environment variable: \n" +
        "dlopen(/nowhere/LibTorchSharp.dylib, 0x0001): tried: '/nowhere/LibTorchSharp.dylib' (no such file)\n",
        "Unable to load shared library 'LibTorchSharp' or one of its dependencies.")]
    public void Of_LibraryMissing_SaysWhichPackageToAdd(string message, string reason)
    {
        var failure = NativeLibraryFailure.Of(new DllNotFoundException(message), "linux-x64");

        failure.Reason.Should().Be(reason);
        failure.Advice.Should().StartWith("Add one of the packages TorchSharp-cpu and TorchSharp-cuda-").And.Contain($" of version {NativeLibrary.Version} ");
        failure.IsSystemTooOld.Should().BeFalse();
    }

    [TestMethod]
    public void Of_DependencyMissingOnMacOS_SaysWhichOne()
    {
        string library = typeof(NativeLibraryFailureTests).Assembly.Location;
        string line = $"dlopen({library}, 0x0001): Library not loaded: @rpath/libtorch.dylib";

        var failure = NativeLibraryFailure.Of(new DllNotFoundException($"{Head}\ndlopen(/nowhere/x.dylib, 0x0001): tried: '/nowhere/x.dylib' (no such file)\n{line}\n  Referenced from: {library}\n"), "osx-arm64");

        failure.Reason.Should().Be(line + ".");
    }

    [TestMethod]
    [DataRow("linux-arm64")]
    [DataRow("linux-musl-x64")]
    [DataRow("osx-x64")]
    public void Of_PlatformWithoutPackage_SaysWhichPlatformsThereAre(string platform)
    {
        var failure = NativeLibraryFailure.Of(new DllNotFoundException($"{Head}\n{Tried}\n"), platform);

        failure.Advice.Should().Be($"TorchSharp's packages have one for linux-x64, win-x64, win-arm64, osx-arm64, and none for {platform}.");
    }

    [TestMethod]
    public void Of_SearchOfTorchSharp_KeepsItsFirstSentence()
    {
        var failure = NativeLibraryFailure.Of(new NotSupportedException("The libtorch-cpu-linux-x64 package version 2.10.0.0 is not restored on this system.\n\nTrace from LoadNativeBackend:\n  Step 1"));

        failure.Message.Should().MatchRegex("^TorchSharp's native library could not be used on [^ ]+: The libtorch-cpu-linux-x64 package version 2.10.0.0 is not restored on this system. Add one of [^\n]*$");
        failure.Exception.Should().BeNull();
    }

    [TestMethod]
    public void Of_FunctionMissing_KeepsTheException()
    {
        var exception = new EntryPointNotFoundException("Unable to find an entry point named 'THSTensor_ones' in shared library 'LibTorchSharp'.");

        var failure = NativeLibraryFailure.Of(exception);

        failure.Reason.Should().Be(exception.Message);
        failure.Exception.Should().BeSameAs(exception);
    }
}
