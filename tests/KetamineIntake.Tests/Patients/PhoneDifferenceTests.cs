using System.Globalization;
using System.Text;
using KetamineIntake.Core.Patients;
using KetamineIntake.Tests.Support;
using PhoneNumbers;
using PhoneNumber = KetamineIntake.Core.Patients.PhoneNumber;

namespace KetamineIntake.Tests.Patients;

/// <summary>More than four thousand numbers of all countries, as people write them, against the library itself. The table is committed and made anew here.</summary>
public sealed class PhoneDifferenceTests
{
    private const string Table = "Patients/PhoneDifferences.approved.tsv";
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    [Fact]
    public void Nothing_is_taken_that_the_library_calls_impossible_and_every_difference_is_one_we_mean()
    {
        var rows = Rows().ToList();

        Assert.True(rows.Count >= 4000, $"{rows.Count} numbers");
        Assert.DoesNotContain(rows, r => r.IsTaken && !r.IsPossible);
        Assert.DoesNotContain(rows, r => !r.IsTaken && r.IsPossible && r.Fault is not (PhoneFault.Extension or PhoneFault.NotTextable or PhoneFault.NoAreaCode));
        Assert.DoesNotContain(rows, r => r.IsTaken && r.Theirs.Length > 0 && r.Ours.TrimEnd('?') != r.Theirs);
        Assert.DoesNotContain(rows, r => r.IsTaken && r.IsValid == r.Ours.EndsWith('?'));
    }

    [Fact]
    public void The_table_is_as_it_was_committed() =>
        Approved.Equal(Table, "typed\tours (? unconfirmed)\tlibrary\tpossible\tvalid\n" + string.Join('\n', Rows().Select(r => $"{Escaped(r.Typed)}\t{r.Ours}\t{r.Theirs}\t{Word(r.IsPossible)}\t{Word(r.IsValid)}")));

    private static IEnumerable<Row> Rows() =>
        Library.GetSupportedRegions().Order(StringComparer.Ordinal).SelectMany(region => Writings(region).Distinct(StringComparer.Ordinal)).Select(Judge);

    private static IEnumerable<string> Writings(string region)
    {
        var example = Library.GetExampleNumber(region);
        var mobile = Library.GetExampleNumberForType(region, PhoneNumberType.MOBILE) ?? example;
        foreach (var number in new[] { example, mobile })
        {
            var e164 = Library.Format(number, PhoneNumberFormat.E164);
            var shown = Library.Format(number, PhoneNumberFormat.INTERNATIONAL);
            var national = Library.GetNationalSignificantNumber(number);
            yield return e164;
            yield return shown;
            yield return Library.Format(number, PhoneNumberFormat.RFC3966);
            yield return $"+{number.CountryCode} (0){national}";
            yield return $"+{number.CountryCode}0{national}";
            yield return $"011 {number.CountryCode} {national}";
            yield return shown.Replace(' ', '/');
            yield return shown.Replace(' ', '\u2013').Replace('-', '\u2011');
            yield return "\u202A" + shown + "\u202C";
            yield return Digits(shown, 0xFF10).Replace('+', '\uFF0B');
            yield return Digits(shown, 0x0660);
            yield return e164 + " ext 12";
            yield return e164[..^1];
            yield return e164[..^2];
            yield return e164 + "7";
            yield return e164 + "77";
            yield return $"+{number.CountryCode}{new string('5', national.Length)}";
            yield return $"+{number.CountryCode}1{national[1..]}";
            yield return national;
        }

        yield return Library.GetExampleNumberForType(region, PhoneNumberType.TOLL_FREE) is { } free ? Library.Format(free, PhoneNumberFormat.E164) : "+" + region;
        yield return Library.GetExampleNumberForType(region, PhoneNumberType.PREMIUM_RATE) is { } dear ? Library.Format(dear, PhoneNumberFormat.E164) : "+1" + region;
    }

    private static Row Judge(string typed)
    {
        var (number, fault) = PhoneNumber.Read(typed);
        var ours = number is { } read ? read.E164 + (read.IsConfirmed ? "" : "?") : fault!.Value.ToString();
        try
        {
            var theirs = Library.Parse(typed, "US");
            return new Row(typed, ours, fault, Library.Format(theirs, PhoneNumberFormat.E164), Library.IsPossibleNumber(theirs), Library.IsValidNumber(theirs));
        }
        catch (NumberParseException)
        {
            return new Row(typed, ours, fault, "", false, false);
        }
    }

    private static string Digits(string text, int zero) =>
        string.Concat(text.Select(c => char.IsAsciiDigit(c) ? char.ConvertFromUtf32(zero + (c - '0')) : c.ToString()));

    private static string Escaped(string text) => text.Aggregate(new StringBuilder(), (all, c) => c is >= ' ' and <= '~' ? all.Append(c) : all.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")).ToString();

    private static string Word(bool value) => value ? "yes" : "no";

    /// <param name="Theirs">Empty where the library reads no number.</param>
    private sealed record Row(string Typed, string Ours, PhoneFault? Fault, string Theirs, bool IsPossible, bool IsValid)
    {
        public bool IsTaken => Fault is null;
    }
}
