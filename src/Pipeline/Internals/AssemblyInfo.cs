using System.Runtime.CompilerServices;

// What this opens is listed, member by member, in Stub/.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]
