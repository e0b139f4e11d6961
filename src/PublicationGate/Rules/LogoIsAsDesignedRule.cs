using PublicationGate.Intake;

namespace PublicationGate.Rules;

/// <summary>The school's logo stays as it was designed (M15): who says that it is shown confirms that, or a person looks.</summary>
internal sealed class LogoIsAsDesignedRule : IRule
{
    public string Code => "logo-is-as-designed";

    public IReadOnlyList<string> Clauses { get; } = [DeclarationKeys.LogoAsDesigned];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        if (photo.Declaration.Logo && photo.Declaration.Confirms?.Contains(DeclarationKeys.LogoAsDesigned) != true)
        {
            yield return new Finding(Code, DeclarationKeys.LogoAsDesigned, Outcome.Held, Texts.Get("logo.not-confirmed"));
        }
    }
}
