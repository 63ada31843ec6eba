using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Dotted paths, in which a key that holds a dot is quoted.</summary>
internal static class HoconPath
{
    public static IEnumerable<string> Split(string path)
    {
        var key = new StringBuilder();
        var quoted = false;
        foreach (var c in path)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '.' && !quoted)
            {
                yield return key.ToString();
                key.Clear();
            }
            else
            {
                key.Append(c);
            }
        }

        yield return key.ToString();
    }

    public static string Join(string parent, string key)
    {
        var name = key.Contains('.', StringComparison.Ordinal) ? $"\"{key}\"" : key;
        return parent.Length == 0 ? name : $"{parent}.{name}";
    }
}
