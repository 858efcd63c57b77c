using System.Text.Json.Nodes;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Import;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Staff;
using KetamineIntake.Tests.Support;
using KetamineIntake.Tests.Web.Pages;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>A laboratory value that contraindicates holds the visits ahead until staff have decided.</summary>
public sealed class LabHoldTests
{
    private const string Start = "2026-12-01T15:00:00Z";

    private static readonly StaffMember Ana = new("ana", "Ana", StaffRole.Clinician);
    private static readonly StaffMember Ben = new("ben", "Ben", StaffRole.Clinician);

    public static TheoryData<string, string> Positives
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var code in new[] { "2106-3", "2118-8", "2110-5", "2112-1", "80384-1", "80385-8" })
            {
                data.Add(code, "\"valueString\":\"Positive\"");
            }

            foreach (var code in new[] { "21198-7", "19080-1", "45194-8", "83086-9" })
            {
                data.Add(code, "\"valueQuantity\":{\"value\":1200,\"unit\":\"mIU/mL\"}");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Positives))]
    public async Task A_positive_pregnancy_test_holds_every_infusion_ahead_and_is_told_once(string code, string value)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-11-01", "24323-8", "58410-2", "11524-6"));
        var (first, second) = (await clinic.BookAsync(patient, "2026-12-01"), await clinic.BookAsync(patient, "2026-12-08"));
        var json = FhirSamples.Observation(code, "t", 1, day: "2026-11-18").Replace(FhirSamples.Quantity(code, 1), "," + value, StringComparison.Ordinal);

        var view = (await clinic.AddAsync(patient, [.. FhirSamples.Read(json).Results])).View;
        await clinic.AddAsync(patient, [.. FhirSamples.Read(json).Results]);
        await clinic.Review.RunAsync(clinic.Context, patient, default);
        await clinic.SweepAsync();

        Assert.Equal(new[] { first, second }.Order(StringComparer.Ordinal), view.HeldVisits);
        Assert.Equal(view.HeldVisits, (await clinic.LedgerAsync(patient)).HeldVisits);
        var note = Assert.Single(await NotesAsync(clinic));
        Assert.Equal((NoteKind.Labs, patient), (note.Kind, note.PatientIds.Single()));
        Assert.Contains("PREG-01b: Pregnancy test positive", note.Words, StringComparison.Ordinal);
        Assert.Contains("2026-12-01, 2026-12-08", note.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_a_file_holds_them_too_and_a_visit_booked_later_is_told_of()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var file = $"patient,test,collectedOn,loinc,value\n{patient},cbc,2026-11-18,2106-3,Positive\n";
        await foreach (var line in new ImportLabs(clinic.Add, clinic.Inner.Clock).RunAsync(clinic.Context, new StringReader(file), false, default))
        {
            Assert.Equal(LabImportOutcome.Stored, line.Outcome);
        }

        Assert.Single(await NotesAsync(clinic));
        var visit = await clinic.BookAsync(patient, "2026-12-01");

        Assert.Equal([visit], (await clinic.LedgerAsync(patient)).HeldVisits);
        Assert.Equal(2, (await NotesAsync(clinic)).Count);
        await clinic.BookAsync(patient, "2026-12-02", visit);
        Assert.Equal(2, (await NotesAsync(clinic)).Count);
    }

    [Theory]
    [InlineData("2106-3", "Negative", "2026-11-19")]
    [InlineData("21198-7", "<2 mIU/mL", "2026-11-19")]
    public async Task A_newer_negative_test_lets_them_go_ahead(string code, string words, string day)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.BookAsync(patient, "2026-12-01");
        Assert.Single((await clinic.AddAsync(patient, Measured("2026-11-18", Words("2106-3", "Positive")))).View.HeldVisits);
        var json = FhirSamples.Observation(code, "t", 1, day: day).Replace(FhirSamples.Quantity(code, 1), $",\"valueString\":\"{words}\"", StringComparison.Ordinal);

        Assert.Empty((await clinic.AddAsync(patient, [.. FhirSamples.Read(json).Results])).View.HeldVisits);
        Assert.False((await clinic.LedgerAsync(patient)).HoldsVisits);
    }

    [Fact]
    public async Task A_value_that_a_clinician_only_has_to_look_at_holds_nothing()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-11-01", "24323-8", "58410-2", "11524-6"));
        await clinic.BookAsync(patient, "2026-12-01");

        var view = (await clinic.AddAsync(patient, Measured("2026-11-18", Value("98979-8", 12, "mL/min")))).View;

        Assert.Equal(["REN-01"], view.Findings.Select(f => f.Rule));
        Assert.Empty(view.HeldVisits);
        Assert.Empty(await NotesAsync(clinic));
    }

    [Fact]
    public async Task No_text_and_no_page_names_food_or_water_until_it_is_decided_and_no_text_names_the_value()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-14T10:00");
        await app.AdvanceAsync("PT1S");
        Assert.Contains(await TextsAsync(app, patient), t => t.Contains("No food from", StringComparison.Ordinal));

        await SendPositiveAsync(app, patient);
        await app.AdvanceAsync("PT1S");

        Assert.DoesNotContain(await TextsAsync(app, patient), t => t.Contains("No food from", StringComparison.Ordinal) || t.Contains("Stop water", StringComparison.Ordinal));
        await app.AdvanceAsync("P13DT4H");
        var sent = string.Join('\n', await app.PhoneAsync("America/New_York"));
        Assert.DoesNotContain("No food from", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("Stop water", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("test", sent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("pregnan", sent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Please call us about food and drink", sent, StringComparison.Ordinal);
        Assert.Single((await app.NotesAsync()), n => (string)n!["kind"]! == "labs");
    }

    [Fact]
    public async Task A_text_that_was_planned_before_the_value_came_and_is_due_now_names_no_times()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-14T10:00");
        await app.AdvanceAsync("P12DT7H59M");
        await SendPositiveAsync(app, patient);
        await app.AdvanceAsync("PT2M");

        Assert.DoesNotContain("No food from", string.Join('\n', await app.PhoneAsync("America/New_York")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_visit_shows_it_wherever_staff_look()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync();
        var visit = await app.BookAsync(patient, "2026-12-14T10:00");
        var consult = await app.BookAsync(patient, "2026-12-15T10:00", "consult");
        await SendPositiveAsync(app, patient);

        var items = (await app.GetAsync($"patients/{patient}/appointments"))["items"]!.AsArray();
        Assert.Equal([true, null], items.Select(i => (bool?)i!["hold"]));
        var labs = await app.GetAsync($"patients/{patient}/labs");
        Assert.Equal((string)visit["id"]!, (string)labs["held"]!.AsArray().Single()!);
        Assert.NotEqual((string)visit["id"]!, (string)consult["id"]!);
        Assert.Equal(("PREG-01b", "standing"), ((string)labs["holds"]![0]!["rule"]!, (string)labs["holds"]![0]!["status"]!));
        var visitor = await Desk.SignInAsync(app);
        Assert.Contains("Hold: a laboratory value contraindicates", (await visitor.GetAsync(Desk.Patient(patient))).Html.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("All infusions ahead are on hold (PREG-01b).", (await visitor.GetAsync(Desk.Labs(patient))).Html.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("About laboratory results", (await visitor.GetAsync($"{Desk.Staff}/texts")).Html.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_let_the_visits_go_ahead_and_one_does_not()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-14T10:00");
        await SendPositiveAsync(app, patient);
        var path = $"patients/{patient}/lab-holds/PREG-01b";
        var basis = await BasisAsync(app, patient);
        JsonObject Go(string? reason = "Repeated in the clinic") => new() { ["decision"] = "go-ahead", ["basis"] = basis, ["reason"] = reason };

        await app.PostAsync(path, new JsonObject { ["decision"] = "wait" }, 422);
        await app.PostAsync(path, Go(""), 422);
        await app.PostAsync(path, new JsonObject { ["decision"] = "go-ahead", ["reason"] = "Without saying of what" }, 422);
        await app.PostAsync($"patients/{patient}/lab-holds/HEM-01", Go(), 404);
        Assert.Equal("awaiting-second", (string)(await app.PostAsync(path, Go(), 202))["holds"]![0]!["status"]!);
        await app.PostAsync(path, Go(), 409);
        Assert.Single((await app.GetAsync($"patients/{patient}/labs"))["held"]!.AsArray());

        var released = await app.SendAsync(HttpMethod.Post, path, Go(), 200, app.DirectorKey);
        await app.AdvanceAsync("PT1S");

        Assert.Equal("released", (string)released["holds"]![0]!["status"]!);
        Assert.Empty(released["held"]!.AsArray());
        Assert.Contains(await TextsAsync(app, patient), t => t.Contains("No food from", StringComparison.Ordinal));
        Assert.Single((await app.NotesAsync()), n => (string)n!["kind"]! == "labs");
        await app.PostAsync(path, Go(), 404);

        // Another positive test is another finding: nobody has decided about that.
        await SendPositiveAsync(app, patient, "t2", "2026-12-01");
        Assert.Single((await app.GetAsync($"patients/{patient}/labs"))["held"]!.AsArray());
    }

    [Fact]
    public async Task Nobody_lets_visits_go_ahead_for_a_value_that_they_have_not_seen()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-14T10:00");
        await SendPositiveAsync(app, patient);
        var basis = await BasisAsync(app, patient);
        await SendPositiveAsync(app, patient, "t2", "2026-12-01");
        var path = $"patients/{patient}/lab-holds/PREG-01b";

        await app.PostAsync(path, new JsonObject { ["decision"] = "go-ahead", ["basis"] = basis, ["reason"] = "Repeated" }, 409);

        Assert.Equal("standing", (string)(await app.GetAsync($"patients/{patient}/labs"))["holds"]![0]!["status"]!);
        await app.PostAsync(path, new JsonObject { ["decision"] = "go-ahead", ["basis"] = await BasisAsync(app, patient), ["reason"] = "Repeated" }, 202);
    }

    [Fact]
    public async Task A_visit_booked_a_moment_before_somebody_says_go_ahead_is_still_told_of()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.BookAsync(patient, "2026-12-01");
        await clinic.AddAsync(patient, Measured("2026-11-18", Words("2106-3", "Positive")));
        await clinic.BookAsync(patient, "2026-12-08", isJudged: false);
        var hold = (await clinic.LedgerAsync(patient)).Holds!.Single();

        Assert.IsType<ReleaseOutcome.AwaitingSecond>(await new ReleaseLabHold(clinic.Inner.Clock).RunAsync(clinic.Context, patient, hold.Rule, hold.Basis, "Repeated", Ana, default));
        await clinic.Review.RunAsync(clinic.Context, patient, default);

        Assert.Equal(2, (await NotesAsync(clinic)).Count);
        Assert.Single(await NotesAsync(clinic), n => n.Words.Contains("2026-12-08", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_let_visits_go_ahead_and_why_stays_on_record_when_the_value_changes()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Measured("2026-11-18", Words("2106-3", "Positive")));
        var (hold, release) = ((await clinic.LedgerAsync(patient)).Holds!.Single(), new ReleaseLabHold(clinic.Inner.Clock));

        await release.RunAsync(clinic.Context, patient, hold.Rule, hold.Basis, "Repeated", Ana, default);
        Assert.IsType<ReleaseOutcome.Released>(await release.RunAsync(clinic.Context, patient, hold.Rule, hold.Basis, "Seen by ultrasound", Ben, default));
        await clinic.AddAsync(patient, Measured("2026-11-19", Words("2106-3", "Positive")));

        var ledger = await clinic.LedgerAsync(patient);
        Assert.Null(ledger.Holds!.Single().Release);
        Assert.Equal([("PREG-01b", Ana.Id, "Repeated"), ("PREG-01b", Ben.Id, "Seen by ultrasound")], ledger.Decisions!.Select(d => (d.Rule, d.By, d.Reason)));
        Assert.Equal(2, (await clinic.RowsAsync(RowRange.StartingWith("audit|"))).Select(RecordJson.Read<AuditEntry>).Count(a => a.Action == "lab-hold.release" && a.Subject.EndsWith("|PREG-01b", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_positive_test_that_waits_for_its_day_holds_them_and_a_negative_one_that_waits_lets_nothing_go()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync();
        var visit = await app.BookAsync(patient, "2026-12-14T10:00");
        JsonNode Undated(string id, string words) => JsonNode.Parse(FhirSamples.Observation("2106-3", id, 1, ",\"issued\":\"2026-11-30T10:00:00Z\"", day: null)
            .Replace(FhirSamples.Quantity("2106-3", 1), $",\"valueString\":\"{words}\"", StringComparison.Ordinal))!;

        var held = await app.PostAsync($"patients/{patient}/lab-results", Undated("t", "Positive"), 201);
        await app.PostAsync($"patients/{patient}/lab-results", Undated("u", "Negative"), 201);

        Assert.Equal("kept-for-staff", (string)held["resources"]![0]!["outcome"]!);
        var labs = await app.GetAsync($"patients/{patient}/labs");
        Assert.Equal(((string)visit["id"]!, "PREG-01b"), ((string)labs["held"]!.AsArray().Single()!, (string)labs["findings"]![0]!["rule"]!));
        foreach (var waiting in labs["unplaced"]!.AsArray())
        {
            await app.PostAsync($"patients/{patient}/unplaced-labs/{waiting!["id"]}", new JsonObject { ["decision"] = "dismiss" }, 204);
        }

        await app.AdvanceAsync("PT1S");
        Assert.Empty((await app.GetAsync($"patients/{patient}/labs"))["held"]!.AsArray());
        Assert.Empty((await app.GetAsync($"patients/{patient}/labs"))["findings"]!.AsArray());
    }

    [Fact]
    public async Task Staff_let_them_go_ahead_on_the_page_too()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-14T10:00");
        await SendPositiveAsync(app, patient);
        var visitor = await Desk.SignInAsync(app);
        var page = await visitor.GetAsync(Desk.Labs(patient));
        var form = page.Html.QuerySelector("section[aria-label='On hold: PREG-01b'] form")!;

        await visitor.PostAsync(form.GetAttribute("action")!, Visitor.FieldsOf(form).Where(f => f.Item1 != "reason").Append(("reason", "Repeated")));

        Assert.Contains("One person has said go ahead: Repeated.", (await visitor.GetAsync(Desk.Labs(patient))).Html.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taken_back_it_holds_nothing_and_the_texts_name_their_times_again()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-14T10:00");
        await SendPositiveAsync(app, patient);
        await app.AdvanceAsync("PT1S");

        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(FhirSamples.Observation("2106-3", "t", 1, status: "entered-in-error", day: "2026-11-28"))!, 201);
        await app.AdvanceAsync("PT1S");

        Assert.Empty((await app.GetAsync($"patients/{patient}/labs"))["held"]!.AsArray());
        Assert.Contains(await TextsAsync(app, patient), t => t.Contains("No food from", StringComparison.Ordinal));
    }

    [Fact]
    public void A_ledger_of_before_there_were_holds_is_read_as_one_without_any()
    {
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{"patientId":"{{Patient}}","recheckOn":"2026-12-01","notices":[],"heldVisits":["v"]}""");

        var ledger = RecordJson.Read<LabLedger>(new Row(Rows.LabLedger(Patient), body, "1"));

        Assert.Null(ledger.Holds);
        Assert.False(ledger.HoldsVisits);
        Assert.Equal(["v"], ledger.HeldVisits);
    }

    [Fact]
    public void A_value_of_before_there_was_a_mark_for_what_is_not_understood_is_read_as_one_that_is()
    {
        var body = System.Text.Encoding.UTF8.GetBytes($$$"""
            {"id":"{{{Patient}}}","patientId":"{{{Patient}}}","versions":[{"receivedAt":"2026-11-01T00:00:00Z","result":{"id":"{{{Patient}}}","collectedOn":"2026-10-01","status":"Final","codes":["718-7"],
             "values":[{"code":"718-7","number":7,"unit":"g/dL"}],"hasSource":true,"alsoKnownAs":[]}}]}
            """);

        var value = RecordJson.Read<LabRecord>(new Row(Rows.Lab(Patient, Patient), body, "1")).Current.Values.Single();

        Assert.Equal((7m, false), (value.Number, value.IsNotUnderstood));
    }

    private static async Task<string> BasisAsync(LocalApp app, string patient) => (string)(await app.GetAsync($"patients/{patient}/labs"))["holds"]!.AsArray().Single()!["basis"]!;

    private static async Task SendPositiveAsync(LocalApp app, string patient, string id = "t", string day = "2026-11-28") => await app.PostAsync(
        $"patients/{patient}/lab-results",
        JsonNode.Parse(FhirSamples.Observation("2106-3", id, 1, day: day).Replace(FhirSamples.Quantity("2106-3", 1), ",\"valueString\":\"Positive\"", StringComparison.Ordinal))!, 201);

    private static async Task<IReadOnlyList<string>> TextsAsync(LocalApp app, string patient) =>
        [.. (await app.RemindersAsync(patient)).Where(r => (string)r!["status"]! == "planned").Select(r => (string)r!["text"]!)];

    private static async Task<IReadOnlyList<StaffNote>> NotesAsync(LabClinic clinic) => [.. (await clinic.RowsAsync(Rows.OpenNotes)).Select(RecordJson.Read<StaffNote>)];
}
