using System.CommandLine;
using System.Text;
using AtlasActors.Atlas;
using AtlasActors.Costs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>balance</c>: what is left in the account.</summary>
internal sealed class BalanceCommand : Command
{
    public BalanceCommand(Shell shell) : base("balance", "Tell what is left in the Atlas Cloud account.")
    {
        Add(CommonOptions.Json());
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private static async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        using var account = OpenAccount.WithKey(shell);
        var answer = await account.Inquiries.BalanceAsync(shell.Interrupts.Claim()).ConfigureAwait(false);
        var balance = AccountAnswer.Require(answer);
        if (CommonOptions.IsJson(parse))
            Json.Write(shell.Out, balance);
        else
            shell.Out.Write(Text(balance));
        return ExitCode.Succeeded;
    }

    private static string Text(Balance balance)
    {
        var text = new StringBuilder();
        if (balance.Account is { } name)
            Append("Account", Texts.OneLine(name, 100));
        Append("Available", Texts.Money(new Usd(balance.Available)));
        Amount("Cash", balance.Cash);
        Amount("Bonus", balance.Bonus);
        Amount("Plan bonus", balance.SubscriptionBonus);
        Amount("Frozen", balance.Frozen, ", reserved for jobs under way");
        Amount("Overdraft", balance.OverdraftLeft, " left");
        return text.ToString();

        // What Atlas does not tell is left out: a 0 would be a claim.
        void Amount(string title, decimal? amount, string note = "")
        {
            if (amount is { } known)
                Append(title, Texts.Money(new Usd(known)) + note);
        }

        void Append(string title, string value) => text.Append((title + ":").PadRight(14)).AppendLine(value);
    }
}
