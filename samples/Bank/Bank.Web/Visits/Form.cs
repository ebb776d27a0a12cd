using Microsoft.AspNetCore.Http.Features;

namespace Bank.Web.Visits;

/// <summary>What was typed into a form, and what is wrong with it.</summary>
/// <param name="typed">By the names of the fields.</param>
public sealed class Form(IReadOnlyDictionary<string, string> typed)
{
    private const int MaxFields = 16;
    private const int MaxNameChars = 32;
    private const int MaxFieldChars = 2048;

    private readonly Dictionary<string, string> _problems = [];

    /// <summary>A form that nobody has filled in.</summary>
    public static Form Empty => new(new Dictionary<string, string>());

    /// <summary>What to read of it at most; the server has refused longer bodies before.</summary>
    public static FormOptions Limits { get; } = new()
    {
        ValueCountLimit = MaxFields,
        KeyLengthLimit = MaxNameChars,
        ValueLengthLimit = MaxFieldChars,
    };

    public bool IsFine => _problems.Count == 0;

    /// <summary>Whether anything is to be said beside this field, or the whole form if there is no such name.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    /// <summary>What was typed; empty if nothing.</summary>
    public string this[string name] => typed.GetValueOrDefault(name, "");

    /// <summary>Says beside a field what is wrong, and what to do. What is said first stays.</summary>
    public void Refuse(string name, string problem) => _problems.TryAdd(name, problem);

    public string? ProblemOf(string name) => _problems.GetValueOrDefault(name);

    /// <summary>A posted form; null if it is of another type than forms of this bank are.</summary>
    /// <exception cref="InvalidDataException">It is beyond the limits, or has a field twice.</exception>
    public static async Task<Form?> ReadAsync(HttpRequest request)
    {
        if (!"application/x-www-form-urlencoded".Equals(
            request.ContentType?.Split(';')[0].Trim(), StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var posted = await new FormFeature(request, Limits).ReadFormAsync(request.HttpContext.RequestAborted);
        return posted.All(field => field.Value.Count == 1)
            ? new Form(posted.ToDictionary(field => field.Key, field => field.Value.ToString()))
            : throw new InvalidDataException("A field is there twice.");
    }
}
