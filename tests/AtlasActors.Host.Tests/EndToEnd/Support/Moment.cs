using System.Globalization;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

internal enum RequestKind
{
    Submission,
    Poll,
    Download,
}

/// <summary>How far a request is.</summary>
internal enum Point
{
    /// <summary>The server has it all, and has done nothing.</summary>
    Arrived,

    /// <summary>The server has done what was asked, and the caller has heard nothing.</summary>
    Taken,

    /// <summary>Half of a file has been sent.</summary>
    Half,

    /// <summary>All of the answer has been handed to the network.</summary>
    Answered,
}

/// <summary>A moment in a run as the server sees it: the third poll has arrived, say.</summary>
internal readonly record struct Moment(RequestKind Kind, int Number, Point Point)
{
    /// <summary>Reads <c>poll 3 arrived</c>.</summary>
    public static Moment Of(string words)
    {
        var parts = words.Split(' ');
        return new Moment(
            Enum.Parse<RequestKind>(parts[0], ignoreCase: true), int.Parse(parts[1], CultureInfo.InvariantCulture),
            Enum.Parse<Point>(parts[2], ignoreCase: true));
    }
}
