using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>The batch of a laboratory: every job a prompt of its own, which has its name.</summary>
internal static class LabBatch
{
    /// <summary>Whether a job's first attempt fails, so that there is a second that is paid for.</summary>
    public static bool FailsOnce(int job) => job % 17 == 0;

    public static string Text(LabOrder order)
    {
        var text = new StringBuilder("""
            output_dir: out
            max_workers: 12
            retries: 5
            max_wait: 1h
            poll: { initial: 10ms, multiplier: 1.5, max: 100ms }
            retry: { base_delay: 5ms }
            jobs:

            """);
        for (var job = 1; job <= order.Jobs; job++)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  - {{ name: job {job}, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: \"job {job}{(FailsOnce(job) ? " [fail:1]" : "")}\", width: 64, height: 64 }}");
        return text.ToString();
    }

    public static string NameOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("prompt").GetString()!.Replace(" [fail:1]", "", StringComparison.Ordinal);
    }
}
