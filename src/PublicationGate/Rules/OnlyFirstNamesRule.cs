namespace PublicationGate.Rules;

/// <summary>
/// Texts that go out with a photo hold first names only (P3). A full name of the register is refused; a surname alone may also be a
/// bakery or a street, so a person looks at it.
/// </summary>
internal sealed class OnlyFirstNamesRule : IRule
{
    public string Code => "only-first-names";

    public IReadOnlyList<string> Clauses { get; } = ["P3"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol) =>
        from name in photo.Names
        let key = name.IsFullName ? "names.full" : "names.surname"
        let outcome = name.IsFullName ? Outcome.Rejected : Outcome.Held
        select new Finding(Code, "P3", outcome, Texts.Get(key, ("field", Texts.Get("field." + name.Field)), ("span", name.Span)));
}
