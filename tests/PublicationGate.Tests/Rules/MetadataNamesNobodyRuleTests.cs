using PublicationGate.Imaging;
using PublicationGate.Rules;

namespace PublicationGate.Tests.Rules;

public class MetadataNamesNobodyRuleTests() : OneKindOfMetadataTests(new MetadataNamesNobodyRule(), MetadataKind.Person, "Held P3");
