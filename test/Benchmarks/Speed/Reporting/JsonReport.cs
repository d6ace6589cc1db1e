using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>One JSON object per line: the machine first, then each measurement as soon as it is there.</summary>
internal sealed class JsonReport(TextWriter output) : IReport
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Begin(Machine machine, string command) => Write(new { Machine = machine, Command = command });

    public void Note(string text) => Write(new { Note = text });

    public void Add(ReportTable table)
    {
        foreach (var row in table.Rows)
        {
            Write(new
            {
                table.Section,
                Table = table.Title,
                row.Name,
                Unit = row.Unit.Text,
                row.Value,
                Peers = row.Peers.ToDictionary(peer => peer.Peer, peer => peer.Value),
                row.TimesFastestPeer,
                Details = row.Details.ToDictionary(detail => detail.Heading, detail => detail.Value),
            });
        }
    }

    private void Write<T>(T line)
    {
        output.WriteLine(JsonSerializer.Serialize(line, s_options));
        output.Flush();
    }
}
