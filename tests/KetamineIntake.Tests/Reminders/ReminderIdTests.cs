using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;

namespace KetamineIntake.Tests.Reminders;

public class ReminderIdTests
{
    [Theory]
    [InlineData("visit1", 3, ReminderTemplate.DayBefore, "northside|patient1|visit1|3|day-before")]
    [InlineData(null, 0, ReminderTemplate.OptIn, "northside|patient1||0|opt-in")]
    [InlineData("visit1", 1, ReminderTemplate.DayOf, "northside|patient1|visit1|1|day-of")]
    [InlineData("visit1", 1, ReminderTemplate.Labs, "northside|patient1|visit1|1|labs")]
    [InlineData("visit1", 1, ReminderTemplate.EveningAfter, "northside|patient1|visit1|1|evening-after")]
    [InlineData("visit1", 1, ReminderTemplate.WeekBefore, "northside|patient1|visit1|1|week-before")]
    [InlineData("visit1", 1, ReminderTemplate.CheckIn, "northside|patient1|visit1|1|check-in")]
    public void An_id_is_made_of_the_hash_of_all_that_it_is_for(string? visit, int version, ReminderTemplate template, string name)
    {
        const string alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        var expected = string.Concat(hash.Take(26).Select((b, i) => alphabet[b % (i == 0 ? 8 : 32)]));

        var id = ReminderId.For("northside", "patient1", visit, version, template);

        Assert.Equal(expected, id);
        Assert.True(RowId.IsValid(id));
    }
}
