namespace KetamineIntake.Azure.Hosting;

/// <summary>Azure Communication Services, by identity or, for experiments, by connection string. With neither no text goes out and staff see each one that did not.</summary>
/// <param name="ConnectionString">"Sms__ConnectionString"; it wins when both are given.</param>
/// <param name="Endpoint">"Sms__Endpoint", such as https://NAME.communication.azure.com; "off" for none.</param>
/// <param name="ClientId">"Sms__ClientId": the user-assigned identity. None: the app's system-assigned one.</param>
public sealed record SmsOptions(string? ConnectionString, Uri? Endpoint, string? ClientId)
{
    public const string Off = "off";

    /// <summary>False: no text goes out.</summary>
    public bool IsOn => ConnectionString is not null || Endpoint is not null;
}
