namespace MLExtensions.Trainers.TorchSharp;

/// <summary>Allows TensorFloat-32 products on GPUs while it lives: libtorch has one setting for the process.</summary>
internal sealed class ProductPrecision : IDisposable
{
    private static readonly Lock s_lock = new();
    private static int s_users;
    private static bool s_before;
    private bool _isDisposed;

    public ProductPrecision()
    {
        lock (s_lock)
        {
            if (s_users++ == 0)
            {
                s_before = backends.cuda.matmul.allow_tf32;
                backends.cuda.matmul.allow_tf32 = true;
            }
        }
    }

    public void Dispose()
    {
        lock (s_lock)
        {
            if (_isDisposed)
                return;

            _isDisposed = true;
            if (--s_users == 0)
                backends.cuda.matmul.allow_tf32 = s_before;
        }
    }
}
