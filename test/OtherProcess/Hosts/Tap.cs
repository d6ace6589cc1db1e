using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

/// <summary>A network interface whose cable ends in this process: what it sends is read here, and what is written here it receives. Gone with the process.</summary>
internal sealed class Tap : IDisposable
{
    private const int ReadAndWrite = 2, SetInterface = 0x400454ca, FramesAlone = 0x1002;

    private readonly int _file;

    /// <summary>Makes the interface, in the network of this process.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="Win32Exception">The system has none, or does not let this process have one.</exception>
    public Tap(string name)
    {
        _file = open("/dev/net/tun", ReadAndWrite);
        if (_file < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"/dev/net/tun: {Marshal.GetLastPInvokeErrorMessage()}");

        // struct ifreq: a name of 16 bytes, and flags.
        byte[] request = new byte[40];
        Encoding.ASCII.GetBytes(name, request);
        BitConverter.TryWriteBytes(request.AsSpan(16), (short)FramesAlone);
        if (ioctl(_file, SetInterface, request) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"TUNSETIFF: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Waits for a frame; its length, or less than 0 where the interface is down.</summary>
    public int Read(byte[] frame) => (int)read(_file, frame, frame.Length);

    /// <summary>Lets the interface receive a frame; one that is down loses it.</summary>
    public void Write(byte[] frame, int length) => write(_file, frame, length);

    public void Dispose() => close(_file);

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(int file, nint request, byte[] argument);

    [DllImport("libc", SetLastError = true)]
    private static extern nint read(int file, byte[] buffer, nint length);

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(int file, byte[] buffer, nint length);

    [DllImport("libc")]
    private static extern int close(int file);
}
