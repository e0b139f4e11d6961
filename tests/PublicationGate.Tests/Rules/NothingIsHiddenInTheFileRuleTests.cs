using PublicationGate.Imaging;
using PublicationGate.Rules;

namespace PublicationGate.Tests.Rules;

public class NothingIsHiddenInTheFileRuleTests() : OneKindOfMetadataTests(new NothingIsHiddenInTheFileRule(), MetadataKind.Hidden, "Held C2");
