using System.Globalization;

namespace AtlasActors.Host.Tests.Serving.Records;

/// <summary>How large a store is tried: a small one, unless the environment's <c>ATLAS_STORE</c> says otherwise, such as <c>1000x1000</c>.</summary>
/// <param name="Batches">So many batches.</param>
/// <param name="Jobs">With so many jobs each.</param>
/// <param name="Pages">So many pages are read to see whether memory grows.</param>
internal sealed record StoreOrder(int Batches, int Jobs, int Pages)
{
    public static StoreOrder FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable("ATLAS_STORE") is not { Length: > 0 } text) return new StoreOrder(12, 10, 50);
        var parts = text.Split('x').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToList();
        return new StoreOrder(parts[0], parts[1], 4000);
    }
}
