namespace MLExtensions.Onnx;

/// <summary>Types of tensor elements, with the numbers that ONNX has for them.</summary>
public enum OnnxType
{
    /// <summary>Single precision.</summary>
    Single = 1,

    /// <summary>8 bits without sign.</summary>
    Byte = 2,

    /// <summary>8 bits.</summary>
    SByte = 3,

    /// <summary>16 bits without sign.</summary>
    UInt16 = 4,

    /// <summary>16 bits.</summary>
    Int16 = 5,

    /// <summary>32 bits.</summary>
    Int32 = 6,

    /// <summary>64 bits.</summary>
    Int64 = 7,

    /// <summary>Text.</summary>
    Text = 8,

    /// <summary>True or false.</summary>
    Boolean = 9,

    /// <summary>Double precision.</summary>
    Double = 11,

    /// <summary>32 bits without sign.</summary>
    UInt32 = 12,

    /// <summary>64 bits without sign.</summary>
    UInt64 = 13,
}
