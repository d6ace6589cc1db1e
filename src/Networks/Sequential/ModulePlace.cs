namespace MLExtensions.Networks.Sequential;

/// <summary>A module that is being read, where it stands.</summary>
/// <param name="module">The module.</param>
/// <param name="name">The name of its tensors without what is theirs, such as <c>net.0</c>.</param>
/// <param name="width">The number of values that it is given.</param>
/// <param name="state">The tensors.</param>
/// <param name="leftOut">Takes what is left out.</param>
internal sealed class ModulePlace(TorchModule module, string name, int width, StateDict state, List<string> leftOut)
{
    /// <summary>The module.</summary>
    public TorchModule Module => module;

    /// <summary>The number of values that it is given.</summary>
    public int Width => width;

    /// <summary>The name of one of its tensors in the file.</summary>
    public string NameOf(string tensor) => $"{name}.{tensor}";

    /// <summary>Takes a tensor of the module.</summary>
    public float[] Take(string tensor, params int[] shape) => state.Take(NameOf(tensor), ToString(), shape);

    /// <summary>Whether there is a tensor.</summary>
    public bool Has(string tensor) => state.Has(NameOf(tensor));

    /// <summary>Forgets a tensor that nobody needs.</summary>
    public void Drop(string tensor) => state.Drop(NameOf(tensor));

    /// <summary>Leaves the module out, which does nothing in scoring, and remembers it.</summary>
    public ReadLayer? LeaveOut()
    {
        leftOut.Add(ToString());
        return null;
    }

    /// <summary>Such as <c>module 3, Linear(4, 9)</c>.</summary>
    public override string ToString() => $"module {name}, {module}";
}
