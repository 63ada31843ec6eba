using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace AtlasActors.Tests.Support;

/// <summary>How long the models run: docs/testing.md has the switch.</summary>
internal static class ModelRun
{
    /// <summary>So many steps has each history; 10,000 histories are a million.</summary>
    public const int Steps = 100;

    private const int UsualHistories = 100;

    private static int Histories =>
        int.TryParse(Environment.GetEnvironmentVariable("ATLAS_MODEL_HISTORIES"), CultureInfo.InvariantCulture, out var number)
            ? number
            : UsualHistories;

    /// <summary>Holds the property against random histories; the first that breaks it fails the test, with its seed.</summary>
    public static void Check<T>(Gen<T> histories, Func<T, bool> holds) =>
        Prop.ForAll(Arb.From(histories), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));
}
