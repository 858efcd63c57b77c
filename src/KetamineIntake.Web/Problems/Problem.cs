using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Web.Problems;

/// <summary>
/// An RFC 9457 problem. Kinds are permanent names: clients compare them. No member ever repeats a submitted value.
/// </summary>
internal sealed record Problem(int Status, string Kind, string Title, string? Detail = null, IReadOnlyList<FieldFault>? Errors = null)
{
    private const string TypePrefix = "urn:ketamine-intake:problem:";

    public string Type => TypePrefix + Kind;

    public static Problem Validation(IReadOnlyList<FieldFault> errors) =>
        new(422, "validation", "What was sent is not valid.", "Nothing was stored. Each entry of \"errors\" names one field.", errors);

    public static Problem Validation(string pointer, string detail) => Validation([new FieldFault(pointer, detail)]);

    public static readonly Problem BrokenJson = new(400, "broken-json", "The body is not well-formed JSON in UTF-8.");

    public static readonly Problem BrokenCoding = new(400, "broken-content-encoding", "The body is not packed as its Content-Encoding says, or is cut off.");

    public static readonly Problem BadRequest = new(400, "bad-request", "The request cannot be understood.");

    public static readonly Problem BadKey = new(400, "idempotency-key", "Idempotency-Key must be one header of 1 to 255 visible ASCII characters.");

    public static readonly Problem Unauthorized = new(401, "unauthorized", "A staff key of this clinic is needed.", "Send it as \"Authorization: Bearer KEY\".");

    public static readonly Problem NotFound = new(404, "not-found", "There is nothing here.");

    public static readonly Problem MethodNotAllowed = new(405, "method-not-allowed", "This address does not take that method.");

    public static readonly Problem InFlight = new(409, "idempotency-in-flight", "The same submission is being stored at this moment.", "Ask again in a second.");

    public static readonly Problem TooLarge = TooLargeFor(Security.BodyLimit.MaximumBytes);

    public static Problem TooLargeFor(int bytes) => new(413, "too-large", $"A request body may have {bytes / 1024} KiB at most.");

    public static readonly Problem UnknownCoding = new(
        415, "unsupported-content-encoding", "The body is packed in a way that is not read here.", $"Send it as it is, or packed by one of {Security.ContentCoding.Accepted}.");

    public static readonly Problem KeyReused = new(
        422, "idempotency-key-reused", "This Idempotency-Key was used for another submission of the same person.", "Use a new key for a new submission. Nothing was stored.");

    public static readonly Problem TooManyAttempts = new(429, "too-many-attempts", "Too many wrong keys.", "Wait a minute, then try again.");

    public static readonly Problem Internal = new(500, "internal", "Something went wrong on our side.", "Nothing is known to have been stored.");

    public static readonly Problem Unavailable = new(503, "unavailable", "The records cannot be reached.", "Nothing was acknowledged. Try again with the same Idempotency-Key.");

    public static readonly Problem Full = new(507, "storage-full", "There is no room left to store records.", "Nothing was stored.");

    public static Problem UnsupportedMediaType(params string[] accepted) =>
        new(415, "unsupported-media-type", "The body is in a format that is not accepted here.", $"Send {string.Join(" or ", accepted)}, in UTF-8.");

    public static Problem Conflict(string detail) => new(409, "conflict", "The record does not allow that now.", detail);

    public static readonly Problem Contended = Conflict("Somebody else kept changing the same records at that moment. Try again.");

    /// <summary>The problem for an answer that came without a body.</summary>
    public static Problem ForStatus(int status) => status switch
    {
        401 => Unauthorized,
        404 => NotFound,
        409 => Contended,
        405 => MethodNotAllowed,
        413 => TooLarge,
        415 => UnsupportedMediaType("application/json"),
        >= 500 => Internal with { Status = status },
        _ => BadRequest with { Status = status },
    };
}
