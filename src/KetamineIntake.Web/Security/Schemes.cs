namespace KetamineIntake.Web.Security;

/// <summary>How a staff member can prove who they are.</summary>
public static class Schemes
{
    /// <summary>Authorization: Bearer KEY, the clinic's own staff key.</summary>
    public const string StaffKey = "staff-key";

    /// <summary>The console's cookie, set after signing in with a key; valid for one clinic.</summary>
    public const string StaffSession = "staff-session";
}

/// <summary>Claims of a signed-in staff member, the same for both schemes.</summary>
public static class StaffClaims
{
    /// <summary>Slug of the one clinic the sign-in is good for.</summary>
    public const string Clinic = "clinic";

    /// <summary>Id of the staff record.</summary>
    public const string Id = "staff";

    /// <summary>Name of the staff member, shown in decisions.</summary>
    public const string Name = "name";

    /// <summary>A <c>StaffRole</c>, by name.</summary>
    public const string Role = "role";

    /// <summary>When the session began, in Unix seconds; the console's session only.</summary>
    public const string Since = "since";
}
