using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Tests.Records;

public sealed class RowsTests
{
    private const string A = "0123456789abcdefghjkmnpqrs";
    private const string B = "1123456789abcdefghjkmnpqrs";
    private static readonly Instant At = Instant.FromUtc(2026, 11, 20, 9, 5, 7);

    [Fact]
    public void Keys_are_permanent() => Assert.Equal(
        [
            $"patient|{A}", $"screening|{A}|{B}", $"referral|{A}", $"draft|{A}", $"staff|{A}",
            "idempotency|2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
            "idempotency|4e415c93c59ca760cc64faa587c5263c42eb1bcbdd6fccf8a34f3a1475d1e403",
            $"audit|20261120T0905070000000Z|{A}", $"outbox|20261120T0905070000000Z|{A}", $"inbox|0|01|20261120T0905070000000Z|{A}",
            "clinic|northside", "ruleset|00ff|ee11", "keyring|key-1", "_global",
        ],
        [
            Rows.Patient(A), Rows.Screening(A, B), Rows.Referral(A), Rows.Draft(A), Rows.StaffKey(A), Rows.EarlierIdempotency("foo"), Rows.Idempotency("foo", "bar"), Rows.AuditEntry(At, A), Rows.OutboxEntry(At, A),
            Rows.InboxEntry(true, Urgency.Imminent, Outcome.NeedsReview, At, A), Rows.Clinic("northside"), Rows.RuleSet("00ff", "ee11"), Rows.KeyRingEntry("key-1"), Rows.Global,
        ]);

    [Fact]
    public void The_inbox_shows_open_first_then_most_urgent_then_worst_then_oldest()
    {
        var expected =
            from open in new[] { true, false }
            from urgency in new[] { Urgency.Imminent, Urgency.High, Urgency.Elevated, Urgency.None }
            from outcome in new[] { Outcome.Contraindicated, Outcome.NeedsReview, Outcome.Incomplete, Outcome.Eligible }
            from at in new[] { At, At + Duration.FromTicks(1), At + Duration.FromDays(400) }
            select Rows.InboxEntry(open, urgency, outcome, at, A);
        var keys = expected.ToArray();
        Assert.Equal(96, keys.Distinct().Count());
        Assert.Equal(keys, keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Open_and_closed_split_the_inbox()
    {
        var open = Rows.InboxEntry(true, Urgency.None, Outcome.Eligible, At, A);
        var closed = Rows.InboxEntry(false, Urgency.Imminent, Outcome.Contraindicated, At, A);
        Assert.True(Within(Rows.InboxOpen, open) && Within(Rows.InboxClosed, closed) && Within(Rows.Inbox, open) && Within(Rows.Inbox, closed));
        Assert.False(Within(Rows.InboxOpen, closed) || Within(Rows.InboxClosed, open));
    }

    [Fact]
    public void The_screenings_of_a_patient_are_not_those_of_another()
    {
        Assert.True(Within(Rows.PatientScreenings(A), Rows.Screening(A, B)));
        Assert.False(Within(Rows.PatientScreenings(A), Rows.Screening(B, A)));
        Assert.True(Within(Rows.Screenings, Rows.Screening(B, A)));
    }

    [Fact]
    public void What_is_due_ends_with_this_very_instant()
    {
        var tick = Duration.FromTicks(1);
        Assert.True(Within(Rows.OutboxDueBy(At), Rows.OutboxEntry(At, A)));
        Assert.True(Within(Rows.OutboxDueBy(At), Rows.OutboxEntry(At - tick, A)));
        Assert.False(Within(Rows.OutboxDueBy(At), Rows.OutboxEntry(At + tick, A)));
        Assert.False(Within(Rows.OutboxAfter(At), Rows.OutboxEntry(At, A)));
        Assert.True(Within(Rows.OutboxAfter(At), Rows.OutboxEntry(At + tick, A)));
    }

    [Fact]
    public void A_due_time_finer_than_a_key_holds_is_never_early() =>
        Assert.Equal(At + Duration.FromTicks(1), Rows.OutboxDue(Rows.OutboxEntry(At + Duration.FromNanoseconds(1), A)));

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789abcdefghjkmnpqr|")]
    [InlineData("0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("0123456789abcdefghjkmnpqrst")]
    public void Text_that_is_no_id_never_becomes_part_of_a_key(string id)
    {
        Func<string>[] builders =
        [
            () => Rows.Patient(id), () => Rows.Screening(id, A), () => Rows.Screening(A, id), () => Rows.PatientScreenings(id).From, () => Rows.Referral(id), () => Rows.Draft(id),
            () => Rows.StaffKey(id), () => Rows.AuditEntry(At, id), () => Rows.OutboxEntry(At, id), () => Rows.InboxEntry(true, Urgency.None, Outcome.Eligible, At, id),
        ];
        Assert.All(builders, build => Assert.Throws<ArgumentException>(build));
    }

    [Theory]
    [InlineData("")]
    [InlineData("North")]
    [InlineData("north|side")]
    [InlineData("north side")]
    [InlineData("_global")]
    public void Text_that_is_no_name_never_becomes_part_of_a_key(string name)
    {
        Assert.Throws<ArgumentException>(() => Rows.Clinic(name));
        Assert.Throws<ArgumentException>(() => Rows.RuleSet(name, "ee11"));
        Assert.Throws<ArgumentException>(() => Rows.KeyRingEntry(name));
    }

    [Fact]
    public void Whatever_a_client_calls_its_request_the_key_can_be_stored() =>
        Assert.All(["", "é~\0/", new string('x', 10_000)], client => Assert.True(RowKeys.IsValid(Rows.Idempotency(client))));

    [Fact]
    public void Instants_are_of_one_width_and_in_order()
    {
        Instant[] instants =
        [
            Instant.FromUtc(1, 1, 1, 0, 0), Instant.FromUnixTimeTicks(-1), Instant.FromUnixTimeTicks(0), Instant.FromUtc(1999, 12, 31, 23, 59, 59), At, At + Duration.FromTicks(1),
            Instant.FromUtc(9999, 12, 31, 23, 59, 59),
        ];
        var texts = instants.Select(InstantText.Format).ToArray();
        Assert.All(texts, text => Assert.Equal(InstantText.Length, text.Length));
        Assert.Equal(texts, texts.Order(StringComparer.Ordinal));
        Assert.Equal(instants, texts.Select(text => InstantText.TryParse(text, out var instant) ? instant : default));
    }

    [Fact]
    public void An_instant_before_year_one_has_no_key() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => InstantText.Format(Instant.FromUtc(1, 1, 1, 0, 0) - Duration.Epsilon));

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-20T09:05:07Z")]
    [InlineData("20261320T0905070000000Z")]
    [InlineData("20261120T0905070000000")]
    [InlineData("20261120T0905070000000Z ")]
    public void Text_that_is_no_instant_is_not_read(string text) => Assert.False(InstantText.TryParse(text, out _));

    private static bool Within(RowRange range, string key) =>
        string.CompareOrdinal(range.From, key) <= 0 && string.CompareOrdinal(key, range.Before) < 0;
}
